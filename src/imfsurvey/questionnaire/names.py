"""The items of a questionnaire as expressions see them: kinds, codes, order, possible answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from imfsurvey.questionnaire.asked import Asked, asked
from imfsurvey.questionnaire.expressions.branches import Form, Variable
from imfsurvey.questionnaire.expressions.checks import type_of
from imfsurvey.questionnaire.expressions.domains import (
    Pieces,
    chosen,
    date_pieces,
    number_pieces,
    text_pieces,
    ticked,
)
from imfsurvey.questionnaire.expressions.evaluate import Known
from imfsurvey.questionnaire.expressions.tree import Node, needs
from imfsurvey.questionnaire.expressions.types import Code, Kind, Name, Position, latest
from imfsurvey.questionnaire.items import (
    OTHER,
    YES_NO_CODES,
    AskingItem,
    ChoosingItem,
    MultiItem,
    RankingItem,
    YesNoItem,
)
from imfsurvey.questionnaire.model import Questionnaire, SectionItem
from imfsurvey.questionnaire.rated import LikertItem, MatrixItem, MaturityItem
from imfsurvey.questionnaire.written import (
    DATE_LENGTHS,
    TODAY,
    DateItem,
    NumberItem,
    RepeatItem,
    TextItem,
)


def names_of(questionnaire: Questionnaire) -> dict[str, Name]:
    """Every name that an expression may use, of items first, then of computed values."""
    found: dict[str, Name] = {}
    for one in asked(questionnaire):
        for name in _names(one, questionnaire):
            found.setdefault(name.id, name)
    return found | _computed(questionnaire, found)


def _names(one: Asked, questionnaire: Questionnaire) -> Iterator[Name]:
    item, shuffled = one.item, one.shuffled
    if isinstance(item, MatrixItem):
        yield Name(item.id, "rows", one.ends, shuffled=shuffled)
        for index, row in enumerate(item.statements):
            yield _name(row, row.id, one.row(index), questionnaire, shuffled)
    elif isinstance(item, RepeatItem):
        fields = {
            inner.id: _name(inner, f"{item.id}.{inner.id}", one.row(index), questionnaire, False)
            for index, inner in enumerate(item.items)
        }
        yield Name(item.id, "entries", one.ends, fields=fields, shuffled=shuffled)
    else:
        yield _name(item, item.id, one.begins, questionnaire, shuffled)


def _name(
    item: SectionItem, called: str, position: Position, questionnaire: Questionnaire, shuffled: bool
) -> Name:
    codes = codes_of(item, questionnaire)
    return Name(
        called,
        _kind(item, codes),
        position,
        codes,
        bands=item.bands if isinstance(item, NumberItem) else (),
        non_answers=frozenset(questionnaire.offered_non_answers(item)),
        rated="statement"
        if isinstance(item, LikertItem)
        else "topic"
        if isinstance(item, MaturityItem)
        else None,
        shuffled=shuffled,
    )


def _kind(item: SectionItem, codes: tuple[Code, ...] | None) -> Kind:
    if isinstance(item, MultiItem | RankingItem):
        return "choices"
    if isinstance(item, LikertItem | MaturityItem | NumberItem):
        return "number"
    if isinstance(item, ChoosingItem):
        return "number" if codes and all(isinstance(one, int) for one in codes) else "choice"
    if isinstance(item, YesNoItem):
        return "choice"
    if isinstance(item, DateItem):
        return "date"
    return "text" if isinstance(item, TextItem) else "nothing"


def codes_of(item: SectionItem, questionnaire: Questionnaire) -> tuple[Code, ...] | None:
    """All codes that an item may ever have; None when the file does not say."""
    if isinstance(item, YesNoItem):
        return YES_NO_CODES
    if isinstance(item, LikertItem):
        scale = questionnaire.scales.get(item.scale)
        return scale.values if scale is not None else None
    if isinstance(item, MaturityItem) and item.rubric is not None:
        levels = list(item.rubric)
        return tuple(map(int, levels)) if all(one.isdecimal() for one in levels) else None
    if not isinstance(item, ChoosingItem):
        return None
    if item.choices_from is not None:
        source = _multi(item.choices_from, questionnaire)
        own = codes_of(source, questionnaire) if source is not None else None
        return None if own is None else _with_other(own, item)
    if item.choices_ref is not None and item.choices_ref not in questionnaire.choice_lists:
        return None
    return _with_other(tuple(one.code for one in questionnaire.listed(item)), item)


def _with_other(codes: tuple[Code, ...], item: ChoosingItem) -> tuple[Code, ...]:
    return (*codes, OTHER) if item.other is not None and OTHER not in codes else codes


def _multi(item_id: str, questionnaire: Questionnaire) -> MultiItem | None:
    """The item whose ticked choices are offered; not one that takes its own from elsewhere."""
    item = questionnaire.items.get(item_id)
    return item if isinstance(item, MultiItem) and item.choices_from is None else None


# --- computed values --------------------------------------------------------------------------


def _computed(questionnaire: Questionnaire, names: Mapping[str, Name]) -> dict[str, Name]:
    """Computed values are known once the last of what they need was asked."""
    trees = {one.id: one.expr.tree for one in questionnaire.computed if one.id not in names}
    found: dict[str, Name] = {one: Name(one, "any", latest([])) for one in trees}
    waiting = dict(trees)
    while ready := [one for one, tree in waiting.items() if not needs(tree) & waiting.keys()]:
        for one in ready:
            known = {**names, **found}
            value = type_of(trees[one], known)
            needed = [known[name].position for name in needs(trees[one]) if name in known]
            position = latest(needed)
            found[one] = Name(one, value.kind, position, value.codes, value.bands)
            del waiting[one]
    return found  # in a ring, a value is of any kind


# --- possible answers -------------------------------------------------------------------------


def form_of(questionnaire: Questionnaire) -> Form:
    """The items and their possible answers, in the order of the file."""
    variables: dict[str, Variable] = {}
    for section in questionnaire.sections:
        for item in section.items:
            around = _trees(section, item)
            rows = item.statements if isinstance(item, MatrixItem) else (item,)
            for row in rows:
                shown_if = around if row is item else (*around, *_trees(row))
                made = variable(row, questionnaire)
                if made is not None:
                    variables.setdefault(row.id, replace(made, id=row.id, shown_if=shown_if))
    formulas = {one: tree.tree for one, tree in questionnaire.formulas.items()}
    return Form(variables, formulas)


def _trees(*things: object) -> tuple[Node, ...]:
    conditions = (getattr(one, "show_if", None) for one in things)
    return tuple(one.tree for one in conditions if one is not None)


def form_within(repeat: RepeatItem, form: Form, questionnaire: Questionnaire) -> Form:
    """The same with the fields of the entry that is being filled in."""
    variables = dict(form.variables)
    for item in repeat.items:
        made = variable(item, questionnaire)
        if made is not None:
            called = f"{repeat.id}.{item.id}"
            variables[called] = replace(made, id=called, shown_if=_trees(item))
    return replace(form, variables=variables)


def form_about(item: SectionItem, form: Form, questionnaire: Questionnaire) -> Form:
    """The same with `this`: an answer that was given."""
    made = variable(item, questionnaire)
    if made is None:
        return form
    this = replace(made, id="this", non_answers=(), blank=False)
    return replace(form, variables={**form.variables, "this": this})


def variable(item: SectionItem, questionnaire: Questionnaire) -> Variable | None:
    """The answers to an item that have to be tried; None when it takes none."""
    if isinstance(item, RepeatItem):
        counts = range(max(1, item.min), item.max + 1)
        return Variable(item.id, lambda _: tuple(counts), blank=item.min == 0)
    if not isinstance(item, AskingItem):
        return None
    return Variable(
        item.id,
        _pieces(item, codes_of(item, questionnaire), questionnaire),
        questionnaire.offered_non_answers(item),
        blank=not item.required or _always_offered(item, questionnaire) == 0,
        scores=_scores(item, questionnaire),
    )


def _always_offered(item: AskingItem, questionnaire: Questionnaire) -> int | None:
    """How many choices nothing ever hides; None for what has no list of them.

    A required item that offers none may stay without an answer, see `interview/needs`.
    """
    if not isinstance(item, ChoosingItem):
        return None
    always = [one for one in questionnaire.listed(item) if one.show_if is None]
    return len(always) + (item.other is not None)


def _fewest(item: MultiItem, questionnaire: Questionnaire) -> int:
    """How many are ticked at least: one that stands alone is enough, and no more than are there."""
    if any(one.exclusive for one in questionnaire.listed(item)):
        return 1
    return max(1, min(item.min_choices, _always_offered(item, questionnaire) or 0))


def _pieces(
    item: AskingItem, codes: tuple[Code, ...] | None, questionnaire: Questionnaire
) -> Pieces:
    match item:
        case MultiItem():
            least = _fewest(item, questionnaire)
            return lambda uses: (
                None if codes is None else ticked(uses, codes, least, item.max_choices)
            )
        case RankingItem():
            return lambda uses: None if codes is None else ticked(uses, codes, 1, item.top)
        case NumberItem() if item.bands:
            return lambda _: item.bands
        case NumberItem():
            return lambda uses: number_pieces(uses, item.min, item.max, item.decimals)
        case DateItem():
            low, high = (None if end == TODAY else end for end in (item.min, item.max))
            return partial(date_pieces, low=low, high=high, precision=DATE_LENGTHS[item.precision])
        case TextItem():
            return text_pieces
        case MaturityItem() if codes is None:
            return lambda uses: number_pieces(uses, None, None, 0)
        case _:
            return lambda uses: None if codes is None else chosen(uses, codes)


def _scores(item: AskingItem, questionnaire: Questionnaire) -> dict[Known, Known]:
    """Of a statement: code -> score."""
    scale = questionnaire.scales.get(item.scale) if isinstance(item, LikertItem) else None
    if scale is None or not isinstance(item, LikertItem):
        return {}
    return {code: scale.score(code, reverse=item.reverse) for code in scale.values}
