"""What is measured with: questionnaires of any length, and a survey that offers one."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

from everykind import mixed_sections

from imfsurvey.questionnaire.shipped import shipped
from imfsurvey.store.seal import new_key
from imfsurvey.study.folder import Study
from imfsurvey.study.keys import add_public_key, new_content, rehearse
from imfsurvey.study.life import open_wave

DAY = datetime.date(2026, 3, 2)
WAVE = "2026-zero"
MARK = "Question"
"""What every statement begins with, and nothing else."""

_HEAD = """\
imfsurvey: 1
questionnaire:
  id: bench.long
  version: "1"
  kind: perception
  framework: be.police.imf
  title: {fr: Banc, nl: Bank}
  languages: [fr, nl]
  default_language: fr
privacy: {mode: anonymous, k: 10, k_total: 5}
scales:
  agree:
    codes:
"""


def long_survey(items: int) -> str:
    """A questionnaire of so many statements, ten to a section, each with its own texts."""
    topic = re.search(r"topic: ([\w.-]+)", shipped("perception.yaml").read_text("utf-8"))
    assert topic is not None
    lines = [
        f"      - {{code: {code}, text: {{fr: Réponse {code}, nl: Antwoord {code}}}}}"
        for code in range(1, 6)
    ]
    lines += ["    favourable: [4, 5]", "    unfavourable: [1, 2]", "sections:"]
    for first in range(0, items, 10):
        lines += [f"  - id: part_{first}", f"    title: {{fr: Partie {first}, nl: Deel {first}}}"]
        lines += ["    items:"]
        for place in range(first, min(items, first + 10)):
            lines += [f"      - id: statement_{place}", "        type: likert"]
            lines += ["        scale: agree", f"        topic: {topic[1]}", "        text:"]
            lines += [f"          fr: {MARK} {place:03}.", f"          nl: Vraag {place:03}."]
    return _HEAD + "\n".join(lines) + "\n"


def mixed(items: int) -> str:
    """A self-assessment of at least so many items, with pages of every kind."""
    scale, _, _ = long_survey(1).partition("sections:")
    named = scale.replace("kind: perception", "kind: self_assessment")
    return re.sub("privacy: .*", "privacy: {mode: named}", named) + mixed_sections(items)


def survey(folder: Path, people: int, items: int | None = None) -> Path:
    """A study with an open survey for so many people: the shipped one, or one of `items`."""
    return offered(folder, people, None if items is None else long_survey(items))


def offered(folder: Path, people: int, questionnaire: str | None = None) -> Path:
    """A study with an open questionnaire: the shipped survey, or `long`, with this content."""
    group = {"id": "ops", "label": {"fr": "Opérationnel", "nl": "Operationeel"}}
    identity = {
        "imfsurvey": 1,
        "entity": {"name": "Zone", "languages": ["fr", "nl"]},
        "mandatary": {"name": "M"},
        "officer": {"name": "O"},
        "groups": [{**group, "headcount": people}],
    }
    study = Study.create(folder, identity)
    name = "perception.yaml"
    if questionnaire is not None:
        name = "long.yaml"
        (folder / "questionnaires").mkdir(exist_ok=True)
        (folder / "questionnaires" / name).write_text(questionnaire, "utf-8")
    secret, public = new_key()
    key = add_public_key(folder, "officer", new_content("O", "", "", public, DAY))
    key.secret_path.write_text(f"{secret}\n", "ascii")
    rehearse(key, secret, "file", DAY)
    open_wave(study, study.new_wave("zero", 2026, questionnaires=[name]), DAY, one_key=True)
    return folder
