"""What a model alone cannot see: references, ids used twice, texts not translated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Final

from imfsurvey.framework import Framework
from imfsurvey.i18n.catalogue import N_
from imfsurvey.questionnaire.items import InfoItem, SingleItem
from imfsurvey.questionnaire.model import NAMED, LikertItem, MaturityItem, Questionnaire
from imfsurvey.questionnaire.repeats import every_place, places, written_problems
from imfsurvey.source.ids import repeated, unknown
from imfsurvey.source.places import Document, KeyPath
from imfsurvey.source.problems import MAX_PROBLEMS, Problem
from imfsurvey.source.texts import missing_texts

MAX_CHOICES: Final = 250
"""So that an answer fits in one byte when responses are counted, non-answers included."""


def check(
    questionnaire: Questionnaire, framework: Framework, document: Document
) -> Sequence[Problem]:
    """The problems (errors and warnings) of a questionnaire that is well formed by itself.

    In order of place, as many as a person can read.
    """
    found = chain(
        _framework(questionnaire, framework, document),
        _privacy(questionnaire, document),
        _missing_texts(questionnaire, document),
        _repeated_ids(questionnaire, document),
        _too_many_choices(questionnaire, document),
        _references(questionnaire, framework, document),
        written_problems(questionnaire, document),
    )
    return sorted(islice(found, MAX_PROBLEMS), key=lambda problem: (problem.line, problem.column))


def _framework(
    questionnaire: Questionnaire, framework: Framework, document: Document
) -> Iterator[Problem]:
    wanted = questionnaire.questionnaire.framework
    if wanted != framework.framework.id:
        yield document.problem(
            "IMF-E060",
            "made for the framework '{wanted}', but this one is '{found}'",
            ("questionnaire", "framework"),
            wanted=wanted,
            found=framework.framework.id,
        )


def _repeated_ids(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    """Sections and items share their ids, since both are names in a walk; themes have their own."""
    sections: Iterator[tuple[KeyPath, str]] = (
        (("sections", index, "id"), section.id)
        for index, section in enumerate(questionnaire.sections)
    )
    items = (((*path, "id"), item.id) for path, item in places(questionnaire))
    themes: Iterator[tuple[KeyPath, str]] = (
        (("themes", index, "id"), theme.id) for index, theme in enumerate(questionnaire.themes)
    )
    yield from repeated([*sections, *items], document)
    yield from repeated(themes, document)


def _too_many_choices(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    lists: list[tuple[KeyPath, int]] = [
        (("scales", name, "codes"), len(scale.codes))
        for name, scale in questionnaire.scales.items()
    ]
    lists += [
        ((*path, "choices"), len(item.choices))
        for path, item in every_place(questionnaire)
        if isinstance(item, SingleItem)
    ]
    for path, count in lists:
        if count > MAX_CHOICES:
            yield document.problem(
                "IMF-E027",
                "at most {limit} entries or characters are allowed here",
                path,
                limit=MAX_CHOICES,
            )


def _references(
    questionnaire: Questionnaire, framework: Framework, document: Document
) -> Iterator[Problem]:
    scales, topics = questionnaire.scales, framework.topic_by_id
    themes = {theme.id for theme in questionnaire.themes}
    for path, item in every_place(questionnaire):
        if isinstance(item, LikertItem):
            yield from unknown(N_("scale"), item.scale, scales, (*path, "scale"), document)
            yield from _reversed(item, questionnaire, document, path)
            if item.theme is not None:
                yield from unknown(N_("theme"), item.theme, themes, (*path, "theme"), document)
        if not isinstance(item, InfoItem) and item.topic is not None:
            yield from unknown(N_("topic"), item.topic, topics, (*path, "topic"), document)
        if isinstance(item, MaturityItem):
            yield from _rated(item, framework, document, path)
            yield from _levels(item, framework, document, path)


def _reversed(
    item: LikertItem, questionnaire: Questionnaire, document: Document, path: KeyPath
) -> Iterator[Problem]:
    scale = questionnaire.scales.get(item.scale)
    if item.reverse and scale is not None and not scale.can_be_reversed:
        yield document.problem(
            "IMF-E055",
            "item '{item}' is reversed, but the codes of scale '{scale}' do not mirror each other",
            (*path, "reverse"),
            item=item.id,
            scale=item.scale,
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
    needed = item.evidence.required_from
    if needed is not None and str(needed) not in levels:
        yield _no_level(needed, (*path, "evidence", "required_from"), document)


def _no_level(level: str | int, path: KeyPath, document: Document, *, key: bool = False) -> Problem:
    return document.problem(
        "IMF-E064", "the framework has no level {level}", path, key=key, level=level
    )


def _privacy(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    for index, one in enumerate(questionnaire.privacy.breakdown_by):
        path: KeyPath = ("privacy", "breakdown_by", index)
        item = questionnaire.items.get(one)
        if item is None:
            yield from unknown(N_("item"), one, questionnaire.items, path, document)
        elif not isinstance(item, SingleItem):
            yield document.problem(
                "IMF-E068",
                "item '{id}' is not of type 'single': results cannot be broken down by it",
                path,
                id=one,
            )
    if questionnaire.anonymous == (questionnaire.kind in NAMED):
        yield document.problem(
            "IMF-E065",
            "a self-assessment or a policy is named, a survey or a team session anonymous",
            ("privacy", "mode"),
        )
    for path, asked in places(questionnaire):
        if isinstance(asked, MaturityItem) and questionnaire.anonymous:
            yield document.problem(
                "IMF-E066",
                "item '{id}': evidence cannot be asked in an anonymous questionnaire",
                (*path, "type"),
                id=asked.id,
            )


def _missing_texts(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    identity = questionnaire.questionnaire
    at: KeyPath = ("questionnaire", "languages")
    return missing_texts(questionnaire, document, at, identity.languages, identity.require_complete)
