"""What a model alone cannot see: references, ids used twice, texts not translated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from imfsurvey.framework import Framework
from imfsurvey.i18n.catalogue import N_
from imfsurvey.questionnaire.detached import detached_problems
from imfsurvey.questionnaire.items import AskingItem, SingleItem, YesNoItem
from imfsurvey.questionnaire.logic import logic_problems
from imfsurvey.questionnaire.model import NAMED, Questionnaire
from imfsurvey.questionnaire.offered import offered_problems
from imfsurvey.questionnaire.places import every_place, places, row_places
from imfsurvey.questionnaire.rated import LikertItem, MatrixItem, MaturityItem, Row
from imfsurvey.questionnaire.written import NumberItem, RepeatItem
from imfsurvey.source.ids import repeated, unknown
from imfsurvey.source.places import Document, KeyPath
from imfsurvey.source.problems import MAX_PROBLEMS, Problem
from imfsurvey.source.texts import missing_texts


def check(
    questionnaire: Questionnaire, framework: Framework, document: Document
) -> Sequence[Problem]:
    """The problems (errors and warnings) of a questionnaire that is well formed by itself.

    In order of place, as many as a person can read; warnings only where errors leave room.
    """
    every = chain(
        _framework(questionnaire, framework, document),
        _privacy(questionnaire, document),
        _missing_texts(questionnaire, document),
        _repeated_ids(questionnaire, document),
        _references(questionnaire, document),
        _topics(questionnaire, framework, document),
        _renamed(questionnaire, document),
        offered_problems(questionnaire, document),
        detached_problems(questionnaire, document) if questionnaire.anonymous else (),
        logic_problems(questionnaire, document),
    )
    errors: list[Problem] = []
    warnings: list[Problem] = []
    for problem in every:
        (warnings if problem.severity == "warning" else errors).append(problem)
        if len(errors) == MAX_PROBLEMS:  # names that are alike are looked for at each of them
            break
    told = [*errors, *warnings][:MAX_PROBLEMS]
    return sorted(told, key=lambda problem: (problem.line, problem.column))


def _framework(
    questionnaire: Questionnaire, framework: Framework, document: Document
) -> Iterator[Problem]:
    if not _made_for(questionnaire, framework):
        yield document.problem(
            "IMF-E060",
            "made for the framework '{wanted}', but this one is '{found}'",
            ("questionnaire", "framework"),
            wanted=questionnaire.questionnaire.framework,
            found=framework.framework.id,
        )


def _made_for(questionnaire: Questionnaire, framework: Framework) -> bool:
    """Of another framework no topic and no level is looked up: one problem, not hundreds."""
    return questionnaire.questionnaire.framework == framework.framework.id


def _repeated_ids(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    """All that has a name in a walk or a condition has one of its own; themes have theirs."""
    named: list[tuple[KeyPath, str]] = [
        (("sections", index, "id"), section.id)
        for index, section in enumerate(questionnaire.sections)
    ]
    named += [
        (("computed", index, "id"), one.id) for index, one in enumerate(questionnaire.computed)
    ]
    for path, item in places(questionnaire):
        named.append(((*path, "id"), item.id))
        if isinstance(item, MatrixItem):
            named += [((*at, "id"), row.id) for at, row in row_places(item, path)]
        if isinstance(item, MaturityItem):
            criteria = enumerate(item.criteria)
            yield from repeated(
                [((*path, "criteria", index, "id"), one.id) for index, one in criteria], document
            )
    themes: Iterator[tuple[KeyPath, str]] = (
        (("themes", index, "id"), theme.id) for index, theme in enumerate(questionnaire.themes)
    )
    yield from repeated(named, document)
    yield from repeated(themes, document)


def _renamed(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    """What was renamed is there under its new id, and nothing else is."""
    replaces = questionnaire.questionnaire.replaces
    if replaces is None:
        return
    known = {*questionnaire.items, *(item.id for _, item in places(questionnaire))}
    taken: set[str] = set()
    for old, new in replaces.renamed.items():
        path: KeyPath = ("questionnaire", "replaces", "renamed", old)
        yield from unknown(N_("item"), new, known, path, document)
        if new in taken:
            yield document.problem(
                "IMF-E086", "two items cannot both be called '{new}' now", path, new=new
            )
        taken.add(new)


def _references(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    for path, item in every_place(questionnaire):
        if isinstance(item, LikertItem | MatrixItem):
            scales = questionnaire.scales
            yield from unknown(N_("scale"), item.scale, scales, (*path, "scale"), document)
            yield from _statement(item, item.scale, questionnaire, document, path)
        if isinstance(item, MatrixItem):
            for at, row in row_places(item, path):
                yield from _statement(row, item.scale, questionnaire, document, at)
        if isinstance(item, AskingItem) and not isinstance(item, MaturityItem):
            yield from _no_level_asked(item, document, path)


def _topics(
    questionnaire: Questionnaire, framework: Framework, document: Document
) -> Iterator[Problem]:
    """Topics and levels are those of the framework."""
    if not _made_for(questionnaire, framework):
        return
    for path, item in every_place(questionnaire):
        if isinstance(item, AskingItem | MatrixItem | RepeatItem):
            yield from _topic(item.topic, framework, document, path)
        if isinstance(item, MatrixItem):
            for at, row in row_places(item, path):
                yield from _topic(row.topic, framework, document, at)
        if isinstance(item, MaturityItem):
            yield from _rated(item, framework, document, path)
            yield from _levels(item, framework, document, path)


def _topic(
    topic: str | None, framework: Framework, document: Document, path: KeyPath
) -> Iterator[Problem]:
    if topic is not None:
        topics = framework.topic_by_id
        yield from unknown(N_("topic"), topic, topics, (*path, "topic"), document)


def _statement(
    item: LikertItem | MatrixItem | Row,
    scale: str,
    questionnaire: Questionnaire,
    document: Document,
    path: KeyPath,
) -> Iterator[Problem]:
    themes = {theme.id for theme in questionnaire.themes}
    if item.theme is not None:
        yield from unknown(N_("theme"), item.theme, themes, (*path, "theme"), document)
    if not isinstance(item, MatrixItem):
        yield from _reversed(item, scale, questionnaire, document, path)


def _reversed(
    item: LikertItem | Row,
    name: str,
    questionnaire: Questionnaire,
    document: Document,
    path: KeyPath,
) -> Iterator[Problem]:
    scale = questionnaire.scales.get(name)
    if item.reverse and scale is not None and not scale.can_be_reversed:
        yield document.problem(
            "IMF-E055",
            "item '{item}' is reversed, but the codes of scale '{scale}' do not mirror each other",
            (*path, "reverse"),
            item=item.id,
            scale=name,
        )


def _rated(
    item: MaturityItem, framework: Framework, document: Document, path: KeyPath
) -> Iterator[Problem]:
    rated = {topic.id for topic in framework.rated_topics}
    if item.topic in framework.topic_by_id and item.topic not in rated:
        yield document.problem(
            "IMF-E069",
            "topic '{topic}' belongs to a document: it gets no level",
            (*path, "topic"),
            topic=item.topic,
        )


def _levels(
    item: MaturityItem, framework: Framework, document: Document, path: KeyPath
) -> Iterator[Problem]:
    """The levels that an item speaks of are those of the framework."""
    levels = {str(level.level) for level in framework.levels}
    if item.rubric is not None:
        for level in sorted(levels - item.rubric.keys()):
            yield document.problem(
                "IMF-E063",
                "the rubric does not describe level {level}",
                (*path, "rubric"),
                key=True,
                level=level,
            )
        for level in sorted(item.rubric.keys() - levels):
            yield _no_level(level, (*path, "rubric", level), document, key=True)
    below_the_top = levels - {str(framework.max_level)}
    for level in sorted((item.next_steps or {}).keys() - below_the_top):
        yield _no_level(level, (*path, "next_steps", level), document, key=True)
    for index, criterion in enumerate(item.criteria):
        if str(criterion.level) not in levels:
            yield _no_level(criterion.level, (*path, "criteria", index, "level"), document)
    needed = item.evidence.required_from if item.evidence is not None else None
    if needed is not None and str(needed) not in levels:
        yield _no_level(needed, (*path, "evidence", "required_from"), document)


def _no_level_asked(item: AskingItem, document: Document, path: KeyPath) -> Iterator[Problem]:
    """Only a rating has a level from which evidence is required."""
    if item.evidence is not None and item.evidence.required_from is not None:
        yield document.problem(
            "IMF-E085",
            "item '{id}' rates no level, so its evidence cannot be required from one",
            (*path, "evidence", "required_from"),
            id=item.id,
        )


def _no_level(level: str | int, path: KeyPath, document: Document, *, key: bool = False) -> Problem:
    return document.problem(
        "IMF-E064", "the framework has no level {level}", path, key=key, level=level
    )


def _privacy(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    declared = enumerate(questionnaire.privacy.breakdown_by)
    at_each: Iterator[tuple[KeyPath, str]] = (
        (("privacy", "breakdown_by", index), one) for index, one in declared
    )
    yield from repeated(at_each, document)
    for index, one in enumerate(questionnaire.privacy.breakdown_by):
        path: KeyPath = ("privacy", "breakdown_by", index)
        item = questionnaire.items.get(one)
        if item is None:
            yield from unknown(N_("item"), one, questionnaire.items, path, document)
        elif not (isinstance(item, SingleItem | YesNoItem) or _in_bands(item)):
            yield document.problem(
                "IMF-E068",
                "item '{id}' is no choice of one, nor a number in bands: results cannot be broken "
                "down by it",
                path,
                id=one,
            )
    if questionnaire.anonymous == (questionnaire.kind in NAMED):
        yield document.problem(
            "IMF-E065",
            "a self-assessment or a policy is named, a survey or a team session anonymous",
            ("privacy", "mode"),
        )


def _in_bands(item: object) -> bool:
    return isinstance(item, NumberItem) and bool(item.bands)


def _missing_texts(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    identity = questionnaire.questionnaire
    at: KeyPath = ("questionnaire", "languages")
    return missing_texts(questionnaire, document, at, identity.languages, identity.require_complete)
