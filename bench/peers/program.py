"""The installed command `imfsurvey`, as packaging tools write it."""

import sys

from imfsurvey.faces.cli import main

sys.exit(main())
