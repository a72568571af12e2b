"""The figures once more, by other means: counting, NumPy, SciPy, statsmodels. No imfsurvey."""
