"""Small questionnaires for invented respondents, written item by item."""

from __future__ import annotations

from imfsurvey.questionnaire import Questionnaire
from imfsurvey.source.document import parse
from imfsurvey.source.model import validated
from imfsurvey.source.places import Document

_HEAD = """imfsurvey: 1
questionnaire:
  id: tried
  version: "1"
  kind: self_assessment
  framework: sample
  title: {fr: t}
  languages: [fr]
  default_language: fr
privacy: {mode: named}
scales:
  five:
    codes:
      - {code: 1, text: {fr: a}}
      - {code: 2, text: {fr: b}}
      - {code: 3, text: {fr: c}}
      - {code: 4, text: {fr: d}}
      - {code: 5, text: {fr: e}}
sections:
  - id: only
    title: {fr: t}
    items:
"""


def form(*items: str) -> tuple[Questionnaire, Document]:
    """A named questionnaire of these items, each as a YAML flow; not checked for dead branches."""
    document = parse(_HEAD + "".join(f"      - {{text: {{fr: t}}, {item}}}\n" for item in items))
    return validated(Questionnaire, document), document


def choices(*codes: str) -> str:
    """A list of choices with these codes."""
    return "choices: [" + ", ".join(f"{{code: {code}, text: {{fr: t}}}}" for code in codes) + "]"
