"""The logic of a questionnaire file: every expression and every name in a text, at its place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from imfsurvey.questionnaire.asked import Asked, asked, first_offered, section_positions
from imfsurvey.questionnaire.expressions import Expression
from imfsurvey.questionnaire.expressions.branches import Allowance, Form, verdict
from imfsurvey.questionnaire.expressions.checks import (
    Wanted,
    check_expression,
    rings,
)
from imfsurvey.questionnaire.expressions.findings import Finding, finding
from imfsurvey.questionnaire.expressions.tree import (
    Call,
    Node,
    Today,
    called,
    every_node,
    names_in,
    needs,
)
from imfsurvey.questionnaire.expressions.types import Name, Position
from imfsurvey.questionnaire.items import AskingItem, ChoosingItem
from imfsurvey.questionnaire.model import Questionnaire, SectionItem
from imfsurvey.questionnaire.names import form_about, form_of, form_within, names_of
from imfsurvey.questionnaire.piped import piping_problems
from imfsurvey.questionnaire.rated import MatrixItem
from imfsurvey.questionnaire.written import RepeatItem, TextItem
from imfsurvey.source.places import Document, KeyPath
from imfsurvey.source.problems import Problem

_CONDITIONS: Final = ("show_if", "required_if")


@dataclass(frozen=True)
class Placed:
    """An expression where it stands, with what is known there."""

    expression: Expression
    path: KeyPath
    here: Position | None
    this: Name | None = None
    within: RepeatItem | None = None
    wanted: Wanted = "truth"
    around: tuple[Node, ...] = ()
    """Conditions that hold whenever this one is asked for."""
    about: SectionItem | None = None
    """The item whose answer is checked."""


def logic_problems(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    """What is wrong with the expressions of a questionnaire and with the names in its texts.

    Conditions that are never or always true are warned of when nothing else is wrong.
    """
    names = names_of(questionnaire)
    every = list(placed(questionnaire, names))
    unread = {one for one, formula in questionnaire.formulas.items() if formula.fault is not None}
    found = [
        _problem(one, wrong, document) for one in every for wrong in _findings(one, names, unread)
    ]
    found += _rings(questionnaire, document)
    if questionnaire.anonymous:
        found += [_problem(one, wrong, document) for one in every for wrong in _tells_when(one)]
        texts = {one.id for one in questionnaire.items.values() if isinstance(one, TextItem)}
        found += [
            _problem(one, wrong, document) for one in every for wrong in _looks_at(texts, one)
        ]
    yield from found
    yield from piping_problems(questionnaire, names, document)
    if all(one.severity == "warning" for one in found):
        yield from _branches(questionnaire, every, document)


def _findings(one: Placed, names: Mapping[str, Name], unread: Collection[str]) -> Iterable[Finding]:
    """What is wrong with one expression. `unread`: computed values of which nothing is known."""
    if one.expression.fault is not None:
        return (one.expression.fault,)
    if any(called(named) in unread for named in names_in(one.expression.tree)):
        return ()
    within = one.within.id if one.within is not None else None
    return check_expression(one.expression.tree, names, one.here, one.this, within, one.wanted)


def _tells_when(one: Placed) -> Iterator[Finding]:
    """What is shown or hidden on some days only would tell on which day somebody answered."""
    for node in every_node(one.expression.tree):
        if isinstance(node, Today) or (isinstance(node, Call) and node.name == "years_since"):
            yield finding(
                "IMF-E118",
                "an anonymous questionnaire cannot ask for the day: it would tell when somebody "
                "answered",
                node.column,
            )


def _looks_at(texts: Collection[str], one: Placed) -> Iterator[Finding]:
    """What a free text shows or hides would tell, beside the answers, whether one was written.

    `this` is harmless: it only decides whether the text itself is accepted.
    """
    for node in names_in(one.expression.tree):
        if called(node) in texts:
            yield finding(
                "IMF-E119",
                "an anonymous questionnaire cannot look at the text '{id}' here: it is kept apart "
                "from the answers",
                node.column,
                id=called(node),
            )


def _problem(one: Placed, wrong: Finding, document: Document) -> Problem:
    place = document.inside(one.path, wrong.column - 1)
    found = document.problem_at(wrong.code, wrong.template, place, **wrong.params)
    return replace(found, severity="warning") if wrong.doubtful else found


# --- where expressions stand ------------------------------------------------------------------


def placed(questionnaire: Questionnaire, names: Mapping[str, Name]) -> Iterator[Placed]:
    """Every expression of a questionnaire."""
    for index, begins in enumerate(section_positions(questionnaire)):
        condition = questionnaire.sections[index].show_if
        if condition is not None:
            yield Placed(condition, ("sections", index, "show_if"), begins)
    for one in asked(questionnaire):
        yield from _of_block(one, names)
    yield from _of_lists(questionnaire)
    for index, computed in enumerate(questionnaire.computed):
        yield Placed(computed.expr, ("computed", index, "expr"), None, wanted="any")


def _of_block(one: Asked, names: Mapping[str, Name]) -> Iterator[Placed]:
    item, around = one.item, _trees(one.section.show_if)
    yield from _of_item(item, one.path, one.begins, around, names.get(item.id), None)
    around += _trees(item.show_if)
    if isinstance(item, MatrixItem):
        for index, row in enumerate(item.rows):
            if row.show_if is not None:
                path = (*one.path, "rows", index, "show_if")
                yield Placed(row.show_if, path, one.row(index), around=around)
    if isinstance(item, RepeatItem):
        fields = names[item.id].fields if item.id in names else {}
        for index, inner in enumerate(item.items):
            path = (*one.path, "items", index)
            this = fields.get(inner.id)
            yield from _of_item(inner, path, one.row(index), around, this, item)


def _of_item(
    item: SectionItem,
    path: KeyPath,
    here: Position,
    around: tuple[Node, ...],
    this: Name | None,
    within: RepeatItem | None,
) -> Iterator[Placed]:
    """The expressions of an item itself; once it is shown, its own condition holds too."""
    for key in _CONDITIONS:
        condition = getattr(item, key, None)
        if condition is not None:
            yield Placed(condition, (*path, key), here, within=within, around=around)
        around += _trees(condition) if key == "show_if" else ()
    if isinstance(item, AskingItem):
        for index, one in enumerate(item.constraint):
            where = (*path, "constraint", index, "check")
            yield Placed(one.check, where, here, this, within, around=around, about=item)
    if isinstance(item, ChoosingItem):
        for index, choice in enumerate(item.choices):
            if choice.show_if is not None:
                where = (*path, "choices", index, "show_if")
                yield Placed(choice.show_if, where, here, within=within, around=around)


def _trees(condition: Expression | None) -> tuple[Node, ...]:
    return () if condition is None else (condition.tree,)


def _of_lists(questionnaire: Questionnaire) -> Iterator[Placed]:
    """Those of choices that several items share, where they are first offered."""
    for name, choices in questionnaire.choice_lists.items():
        here, within = first_offered(name, questionnaire)
        for index, choice in enumerate(choices):
            if choice.show_if is not None:
                path = ("choice_lists", name, index, "show_if")
                yield Placed(choice.show_if, path, here, within=within)


# --- rings and branches -----------------------------------------------------------------------


def _rings(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    """Computed values that need each other."""
    formulas = {one: found.tree for one, found in questionnaire.formulas.items()}
    indices = {one.id: index for index, one in enumerate(questionnaire.computed)}
    for ring in rings({one: needs(tree) for one, tree in formulas.items()}):
        first, after = ring[0], ring[1] if len(ring) > 1 else ring[0]
        column = next((one.column for one in names_in(formulas[first]) if called(one) == after), 1)
        wrong = finding(
            "IMF-E115",
            "computed values cannot need each other: {ring}",
            column,
            ring=" → ".join((*ring, first)),
        )
        place = document.inside(("computed", indices[first], "expr"), column - 1)
        yield document.problem_at(wrong.code, wrong.template, place, **wrong.params)


def _branches(
    questionnaire: Questionnaire, every: Sequence[Placed], document: Document
) -> Iterator[Problem]:
    """Conditions that are never or always true."""
    conditions = [one for one in every if one.wanted == "truth"]
    if not conditions:
        return
    form, allowance = form_of(questionnaire), Allowance()
    for one in conditions:
        found = verdict(one.expression.tree, _form(one, form, questionnaire), one.around, allowance)
        if found is None:
            continue
        place = document.inside(one.path, 0)
        if found == "never":
            problem = document.problem_at("IMF-W100", "this can never be true", place)
        else:
            problem = document.problem_at("IMF-W101", "this is always true", place)
        yield replace(problem, severity="warning")


def _form(one: Placed, form: Form, questionnaire: Questionnaire) -> Form:
    if one.within is not None:
        form = form_within(one.within, form, questionnaire)
    return form_about(one.about, form, questionnaire) if one.about is not None else form
