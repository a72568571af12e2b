"""`python -m imfsurvey` is the command `imfsurvey`."""

from __future__ import annotations

import sys

from imfsurvey.faces.cli import main

if __name__ == "__main__":
    sys.exit(main())
