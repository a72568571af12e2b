"""A survey for a laptop that is handed round: one text to write, one statement to rate."""

from __future__ import annotations

from pathlib import Path

from zone import OPENED, make_zone

from imfsurvey.study.life import open_wave
from imfsurvey.study.wave import Wave

WAVE = "2026-zero"
WORD = "sesame"
SURVEY = """
imfsurvey: 1
questionnaire:
  id: sample.kiosk
  version: "1"
  status: published
  kind: perception
  framework: sample
  title: {fr: "Un portable pour tous", nl: "Een laptop voor allen"}
  languages: [fr, nl]
  default_language: fr
privacy: {mode: anonymous, k: 10, k_total: 5}
scales:
  agree:
    codes:
      - {code: 1, text: {fr: "Non", nl: "Nee"}}
      - {code: 2, text: {fr: "Oui", nl: "Ja"}}
sections:
  - id: all
    title: {fr: "Tout", nl: "Alles"}
    items:
      - {id: wish, type: text, max_length: 200, text: {fr: "Votre souhait ?", nl: "Uw wens?"}}
      - id: fair
        type: likert
        scale: agree
        comment: {max_length: 100}
        text: {fr: "C'est juste.", nl: "Het is eerlijk."}
"""


def make_kiosk(folder: Path) -> Wave:
    """A study with an open wave on that survey."""
    study = make_zone(folder)
    (folder / "questionnaires" / "kiosk.yaml").write_text(SURVEY, "utf-8")
    return open_wave(study, study.new_wave("zero", 2026, questionnaires=["kiosk.yaml"]), OPENED)
