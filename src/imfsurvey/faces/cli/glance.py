"""The dashboard of a study on the command line: `imfsurvey` without a command."""

from __future__ import annotations

import sys

from imfsurvey.faces.cli.call import Call
from imfsurvey.faces.cli.layout import say_lines
from imfsurvey.faces.cli.terminal import say_json
from imfsurvey.faces.dashboard_lines import dashboard_data, dashboard_lines
from imfsurvey.faces.step_words import step_lines
from imfsurvey.report.words import clean
from imfsurvey.study.dashboard import dashboard
from imfsurvey.study.folder import Study
from imfsurvey.study.planning import measured


def print_dashboard(study: Study, call: Call, *, as_json: bool) -> None:
    """The study at a glance, in 80 columns or as JSON. Raises what reading it raises."""
    t, found = call.t, dashboard(study, measured(study, call.today), call.today)
    if as_json:
        say_json({"entity": study.file.entity.name, **dashboard_data(found, t)})
        return
    lines = [clean(study.file.entity.name), *step_lines(found.steps, t), ""]
    lines += dashboard_lines(found, t, encoding=sys.stdout.encoding or "ascii")
    say_lines(lines)
