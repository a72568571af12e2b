"""What a model alone cannot see: references, ids used twice, texts not translated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from imfsurvey.framework import Framework
from imfsurvey.questionnaire.model import (
    Item,
    LikertItem,
    MaturityItem,
    Questionnaire,
    SingleItem,
)
from imfsurvey.source.document import Document, KeyPath
from imfsurvey.source.problems import Problem, nearest


def check(
    questionnaire: Questionnaire, framework: Framework, document: Document
) -> Sequence[Problem]:
    """Every problem (errors and warnings) of a questionnaire that is well formed by itself."""
    return [
        *_framework(questionnaire, framework, document),
        *_repeated_ids(questionnaire, document),
        *_references(questionnaire, framework, document),
        *_privacy(questionnaire, document),
        *_missing_texts(questionnaire, document),
    ]


def _places(questionnaire: Questionnaire) -> Iterator[tuple[KeyPath, Item]]:
    for section_index, section in enumerate(questionnaire.sections):
        for item_index, item in enumerate(section.items):
            yield ("sections", section_index, "items", item_index), item


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
    first: dict[str, KeyPath] = {}
    ids: list[tuple[KeyPath, str]] = [
        (("sections", index, "id"), section.id)
        for index, section in enumerate(questionnaire.sections)
    ]
    ids += [((*path, "id"), item.id) for path, item in _places(questionnaire)]
    for path, one in sorted(ids, key=lambda pair: (document.place(pair[0]).line, str(pair[0]))):
        if one in first:
            yield document.problem(
                "IMF-E061",
                "id '{id}' is used twice (first on line {line})",
                path,
                id=one,
                line=document.place(first[one]).line,
            )
        first.setdefault(one, path)


def _references(
    questionnaire: Questionnaire, framework: Framework, document: Document
) -> Iterator[Problem]:
    themes = {theme.id for theme in questionnaire.themes}
    for path, item in _places(questionnaire):
        if isinstance(item, LikertItem):
            yield from _unknown(
                document, (*path, "scale"), "scale", item.scale, questionnaire.scales
            )
            if item.theme is not None:
                yield from _unknown(document, (*path, "theme"), "theme", item.theme, themes)
        topic = getattr(item, "topic", None)
        if topic is not None:
            yield from _unknown(document, (*path, "topic"), "topic", topic, framework.topic_by_id)
        if isinstance(item, MaturityItem) and item.rubric is not None:
            yield from _rubric(item, framework, document, path)


def _unknown(
    document: Document,
    path: KeyPath,
    what: str,
    word: str,
    known: Mapping[str, object] | set[str],
) -> Iterator[Problem]:
    if word in known:
        return
    near = nearest(word, known)
    if near is None:
        yield document.problem(
            "IMF-E062", "{what} '{word}' does not exist", path, what=what, word=word
        )
    else:
        yield document.problem(
            "IMF-E062",
            "{what} '{word}' does not exist: did you mean '{near}'?",
            path,
            what=what,
            word=word,
            near=near,
        )


def _rubric(
    item: MaturityItem, framework: Framework, document: Document, path: KeyPath
) -> Iterator[Problem]:
    wanted = {str(level.level) for level in framework.levels}
    for level in sorted(wanted - set(item.rubric or {})):
        yield document.problem(
            "IMF-E063",
            "the rubric does not describe level {level}",
            (*path, "rubric"),
            key=True,
            level=level,
        )
    for level in sorted(set(item.rubric or {}) - wanted):
        yield document.problem(
            "IMF-E064",
            "the framework has no level {level}",
            (*path, "rubric", level),
            key=True,
            level=level,
        )


def _privacy(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    for index, one in enumerate(questionnaire.privacy.breakdown_by):
        path: KeyPath = ("privacy", "breakdown_by", index)
        item = questionnaire.items.get(one)
        if not isinstance(item, SingleItem):
            yield from _unknown(document, path, "item", one, set(questionnaire.items) - {one})
    if questionnaire.anonymous == (questionnaire.kind == "self_assessment"):
        yield document.problem(
            "IMF-E065",
            "a self-assessment is named, a perception survey anonymous",
            ("privacy", "mode"),
        )
    for path, item in _places(questionnaire):
        if isinstance(item, MaturityItem) and questionnaire.anonymous:
            yield document.problem(
                "IMF-E066",
                "item '{id}': evidence cannot be asked in an anonymous questionnaire",
                path,
                id=item.id,
            )


def _missing_texts(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    """One problem a language: how many texts are missing, and the first lines where."""
    required = questionnaire.questionnaire.require_complete
    for language in questionnaire.questionnaire.languages:
        lines = [
            document.place(path).line
            for path, texts in _texts(document.value, ())
            if language not in texts
        ]
        if lines:
            problem = document.problem(
                "IMF-E067" if language in required else "IMF-W067",
                "'{language}' is missing {count} text(s), lines {lines}",
                ("questionnaire", "languages"),
                language=language,
                count=len(lines),
                lines=", ".join(str(line) for line in lines[:8]) + (" …" if len(lines) > 8 else ""),
            )
            yield problem if language in required else replace(problem, severity="warning")


_TEXT_KEYS = frozenset({"text", "title", "hint", "help", "label"})


def _texts(value: object, path: KeyPath) -> Iterator[tuple[KeyPath, Mapping[str, object]]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            here = (*path, key)
            is_text = key in _TEXT_KEYS or path[-1:] == ("rubric",)
            if is_text and isinstance(inner, dict):
                yield here, inner
            else:
                yield from _texts(inner, here)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*path, index))
