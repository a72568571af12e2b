"""Names of answers that are put into the texts of a questionnaire: there, and known by then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from imfsurvey.questionnaire.asked import Asked, asked, first_offered, section_positions
from imfsurvey.questionnaire.expressions.findings import Finding, finding
from imfsurvey.questionnaire.expressions.resolve import Resolver
from imfsurvey.questionnaire.expressions.tree import Field, Ref
from imfsurvey.questionnaire.expressions.types import AT_THE_START, Name, Position
from imfsurvey.questionnaire.model import Questionnaire
from imfsurvey.questionnaire.piping import Reference, references, stray_braces
from imfsurvey.questionnaire.written import RepeatItem
from imfsurvey.source.places import Document, KeyPath
from imfsurvey.source.problems import Problem
from imfsurvey.source.texts import texts_of

_UNREAD: Final = frozenset({"facilitation", "evidence_kinds", "next_steps"})
"""Keys of texts for facilitators, inspectors and reports."""


def piping_problems(
    questionnaire: Questionnaire, names: Mapping[str, Name], document: Document
) -> Iterator[Problem]:
    """What is wrong with the names in texts, in every language."""
    places = _Places(questionnaire, names)
    for path, text in texts_of(questionnaire):
        if not _is_piped(path):
            continue
        for language, words in text.root.items():
            if "{" not in words and "}" not in words:
                continue
            found = [*stray_braces(words)]
            for reference in references(words):
                found += places.findings(reference, path)
            for one in found:
                place = document.inside((*path, language), one.column - 1)
                yield document.problem_at(one.code, one.template, place, **one.params)


def _is_piped(path: KeyPath) -> bool:
    """Whether a text is one that respondents read; in all others a brace is a brace."""
    return path[0] not in ("questionnaire", "themes") and not _UNREAD.intersection(path)


class _Places:
    """When the texts of a questionnaire are shown, by their path."""

    def __init__(self, questionnaire: Questionnaire, names: Mapping[str, Name]) -> None:
        self._questionnaire = questionnaire
        self._names = names
        self._sections = section_positions(questionnaire)
        self._blocks = {one.path: one for one in asked(questionnaire)}

    def findings(self, reference: Reference, path: KeyPath) -> list[Finding]:
        """What is wrong with a name in the text at a path."""
        here, within = self._shown(path)
        resolver = Resolver(self._names, here, None, within)
        column = reference.column + 1
        if reference.field is not None:
            behind = column + len(reference.name) + 1
            node: Ref | Field = Field(reference.name, reference.field, column, behind)
        else:
            node = Ref(reference.name, column)
        name, wrong = resolver.used(node, "value")
        if name is not None and name.kind in ("nothing", "rows"):
            return [_silent(name, column)]
        if name is not None and "constraint" in path and name.position == here:
            return []  # what is said about an answer may quote it
        return wrong

    def _shown(self, path: KeyPath) -> tuple[Position, str | None]:
        """When a text is shown, and in the entries of which repeat."""
        match path:
            case ("sections", int(), "items", int(), *rest):
                return _in_block(self._blocks[path[:4]], rest)
            case ("sections", int(index), *_):
                return self._sections[index], None
            case ("choice_lists", str(name), *_):
                position, repeat = first_offered(name, self._questionnaire)
                return position, repeat.id if repeat is not None else None
        return AT_THE_START, None


def _in_block(one: Asked, rest: list[str | int]) -> tuple[Position, str | None]:
    match rest:
        case ["rows", int(index), *_]:
            return one.row(index), None
        case ["items", int(index), *_] if isinstance(one.item, RepeatItem):
            return one.row(index), one.item.id
    return one.begins, None


def _silent(name: Name, column: int) -> Finding:
    return finding(
        "IMF-E112", "'{id}' takes no answer itself: name one that does", column, id=name.id
    )
