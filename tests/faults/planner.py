"""A program that changes the action plan of a study until killed; says what is confirmed.

    planner.py STUDY

Each change writes the next number into the owner of the only action.
"""

import datetime
import itertools
import os
import sys
from pathlib import Path

from imfsurvey.study.actions.plan import ActionPlan
from imfsurvey.study.folder import Study

TODAY = datetime.date(2026, 11, 2)


def main(folder: str) -> None:
    """Count up, confirming each number."""
    plan = ActionPlan(Study(Path(folder)))
    for number in itertools.count(int(plan.action("a1").owner or 0) + 1):
        plan.edit("a1", TODAY, owner=str(number))
        os.write(1, f"{number}\n".encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
