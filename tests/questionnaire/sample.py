"""One questionnaire with a place for a condition and one for a text, as tests of logic spoil it."""

from __future__ import annotations

from marked import FRAMEWORK

from imfsurvey.framework.load import framework_from
from imfsurvey.questionnaire.load import questionnaire_from
from imfsurvey.questionnaire.model import Questionnaire
from imfsurvey.source.document import parse

IMF = framework_from(parse(FRAMEWORK))
FILE = """\
imfsurvey: 1
questionnaire:
  id: sample.logic
  version: "1"
  kind: policy
  framework: sample
  title: {fr: x}
  languages: [fr]
  default_language: fr
privacy: {mode: named}
computed:
  - {id: worry, expr: "seen == 'yes' or hours > 10"}
  - {id: other, expr: "1"}
sections:
  - id: first
    title: {fr: x}
    items:
      - {id: seen, type: yes_no, required: true, non_answers: [dk], text: {fr: x}}
      - {id: hours, type: number, min: 0, max: 40, text: {fr: x}}
      - {id: age, type: number, store_as: {bands: [0, 30, 60]}, text: {fr: x}}
      - id: what
        type: multi
        text: {fr: x}
        choices: [{code: gifts, text: {fr: x}}, {code: data, text: {fr: x}}]
      - {id: since, type: date, text: {fr: x}}
      - {id: motto, type: text, text: {fr: x}}
      - id: actors
        type: repeat
        label: role
        text: {fr: x}
        items:
          - {id: role, type: text, required: true, text: {fr: x}}
          - {id: days, type: number, text: {fr: x}}
  - id: second
    title: {fr: x}
    order: random
    items:
      - {id: one, type: number, text: {fr: x}}
      - {id: two, type: number, text: {fr: x}}
      - {id: end, type: number, pin: last, text: {fr: x}}
  - id: third
    title: {fr: x}
    items:
      - {id: last, type: number, text: {fr: "PIPE"}, show_if: "HERE"}
      - {id: very_last, type: number, text: {fr: x}}
"""


def load(text: str) -> Questionnaire:
    """The questionnaire in a text."""
    return questionnaire_from(parse(text), IMF)


def with_condition(condition: str) -> str:
    """The sample with a condition on its last item."""
    return FILE.replace("HERE", condition).replace("PIPE", "x")
