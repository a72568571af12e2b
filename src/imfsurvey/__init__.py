"""imfsurvey: measure an integrity policy, in the terminal."""

__version__ = "0.1.0"
