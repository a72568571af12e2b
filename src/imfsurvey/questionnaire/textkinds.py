"""Which kind of text stands under a key, in words for translators."""

from __future__ import annotations

import re
from typing import Final

from imfsurvey.i18n.catalogue import N_, Marked

_ELSE: Final = N_("another text")

_KINDS: Final[tuple[tuple[str, Marked], ...]] = (
    ("questionnaire.title", N_("title of the questionnaire")),
    ("scales.*.codes.*.text", N_("answer of a scale")),
    ("choice_lists.*.*.text", N_("answer to choose")),
    ("themes.*.label", N_("name of a theme, in reports")),
    ("sections.*.title", N_("title of a section")),
    ("sections.*.introduction", N_("introduction above each question of a section")),
    ("sections.*.facilitation.*", N_("note for who leads the session")),
    ("**.items.*.hint", N_("hint: one short line under the question")),
    ("**.items.*.help", N_("help, shown when it is asked for")),
    ("**.items.*.choices.*.text", N_("answer to choose")),
    ("**.items.*.other.text", N_("answer to choose: something else")),
    ("**.items.*.rows.*.text", N_("row of a table: a statement to rate")),
    ("**.items.*.constraint.*.message", N_("message when an answer does not fit")),
    ("**.items.*.rubric.*", N_("description of a level")),
    ("**.items.*.criteria.*.text", N_("criterion of a level")),
    ("**.items.*.evidence_kinds.*", N_("kind of evidence")),
    ("**.items.*.next_steps.*.text", N_("next step, in reports")),
    ("**.items.*.unit", N_("unit behind a number")),
    ("**.items.*.text", N_("question or statement")),
    ("framework.title", N_("title of the framework")),
    ("framework.notice", N_("notice on the standing of the framework, in reports")),
    ("levels.*.name", N_("name of a level")),
    ("levels.*.definition", N_("description of a level")),
    ("tree.**.label", N_("name of a pillar or function")),
    ("topics.*.label", N_("name of a topic")),
    ("topics.*.explanation", N_("explanation of a topic")),
    ("topics.*.why", N_("why a topic matters, in reports")),
    ("topics.*.risk", N_("what is at risk without it, in reports")),
)
"""`*` is any one part of a key, `**` any number of them; the first that fits counts."""


def _pattern(key: str) -> re.Pattern[str]:
    parts = re.escape(key).replace(r"\*\*\.", r"(?:[^.]+\.)*")
    return re.compile(parts.replace(r"\*", r"[^.]+"))


_PATTERNS: Final = tuple((_pattern(key), words) for key, words in _KINDS)


def kind_of(key: str) -> Marked:
    """The kind of text under a key, such as `items.clear.hint`."""
    return next((words for pattern, words in _PATTERNS if pattern.fullmatch(key)), _ELSE)
