"""imfsurvey: measure an integrity policy, in the terminal."""

import os

__version__ = "0.1.0"

# No plugin of pydantic: it would see all that is read, answers too, and each start would look for
# one through the metadata of all installed packages.
os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
