"""The command `imfsurvey`, and `python -m imfsurvey`."""

from __future__ import annotations

import signal
import sys


def main() -> int:
    """Run one command line.

    Until it is loaded nothing is half done: Ctrl+C ends the program without a word. From then on
    `faces.signals` says what it does.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # not if it is ignored
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from imfsurvey.faces.cli import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
