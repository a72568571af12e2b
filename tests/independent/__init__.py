"""The figures once more, by other means: plain counting, NumPy, SciPy, statsmodels. No imfsurvey."""
