"""imfsurvey: measure an integrity policy, in the terminal."""

import os

os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
"""No other package that happens to be installed may look at what is validated here: answers."""

__version__ = "0.1.0"
