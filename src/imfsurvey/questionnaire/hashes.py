"""What two versions of a questionnaire have in common, each as one hash.

`form_hash` (of the model) stands for the whole file. `data_hash` is for what is stored and how it
counts, and leaves out every text; `wording_hash` is for what one item says to a respondent, in one
language. Answers of two versions are alike where both are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel

from imfsurvey.questionnaire.items import ChoosingItem
from imfsurvey.questionnaire.model import Item, Questionnaire, Section, items_of
from imfsurvey.questionnaire.parts import ITEM, Key, texts_in
from imfsurvey.questionnaire.rated import LikertItem, MatrixItem
from imfsurvey.questionnaire.written import RepeatItem
from imfsurvey.source.hashes import content_hash
from imfsurvey.source.model import Text

_NO_DATA: Final = frozenset(
    {
        *("version", "status", "replaces"),
        *("languages", "default_language", "require_complete"),
        *("privacy", "next_steps"),
    }
)
"""Keys that say nothing of what is stored, when it is asked and where it counts."""


def data_hash(questionnaire: Questionnaire) -> str:
    """SHA-256 over ids, types, codes, conditions and scores, without any text.

    As in `form_hash`, what is left at its default does not count.
    """
    plain = questionnaire.model_dump(mode="json", exclude_defaults=True)
    return content_hash(_without_words(questionnaire, plain))


def _without_words(value: object, plain: Any) -> Any:
    """`plain`, the dump of `value`, without the texts in it and without what is made of them."""
    if isinstance(value, BaseModel) and isinstance(plain, Mapping):
        inside = {name: getattr(value, name) for name in plain if name not in _NO_DATA}
    elif isinstance(value, Mapping):
        inside = dict(value)
    elif isinstance(value, tuple):
        pairs = zip(value, plain, strict=True)
        return [_without_words(one, dumped) for one, dumped in pairs if not _is_words(one)]
    else:
        return plain
    return {
        name: _without_words(one, plain[name]) for name, one in inside.items() if not _is_words(one)
    }


def _is_words(value: object) -> bool:
    """Whether it is a text, or holds texts and nothing else: a rubric, notes to a facilitator."""
    if isinstance(value, Text):
        return True
    if isinstance(value, BaseModel):
        inside = [getattr(value, name) for name in type(value).model_fields]
    elif isinstance(value, Mapping):
        inside = list(value.values())
    else:
        inside = list(value) if isinstance(value, tuple) else []
    return bool(inside) and all(map(_is_words, inside))


def wording_hash(questionnaire: Questionnaire, item_id: str, language: str) -> str:
    """SHA-256 over what a respondent reads in a language to answer an item; not its help.

    Blanks, line breaks and composed letters make no difference. KeyError for an unknown item.
    """
    shown = texts_shown(questionnaire, item_id)
    return content_hash(
        {".".join(map(str, key)): _one_line(text, language) for key, text in shown.items()}
    )


def languages_of(questionnaire: Questionnaire, item_id: str) -> frozenset[str]:
    """The languages in which an item can be read from beginning to end. KeyError if unknown."""
    offered = frozenset(questionnaire.questionnaire.languages)
    texts = texts_shown(questionnaire, item_id).values()
    return offered.intersection(*(text.languages() for text in texts))


def _one_line(text: Text, language: str) -> str | None:
    """Its words in a language; None where they are missing. The hash takes care of the letters."""
    words = text.root.get(language)
    return None if words is None else " ".join(words.split())


def texts_shown(questionnaire: Questionnaire, item_id: str) -> dict[Key, Text]:
    """What is read to answer an item: stem, hint, introduction, answers; under keys without ids.

    KeyError for an unknown item.
    """
    section, item, matrix = _found(questionnaire, item_id)
    shown = texts_in(item, ITEM)
    if section.introduction is not None:
        shown["introduction",] = section.introduction
    if matrix is not None:
        around = texts_in(matrix, ITEM)
        shown |= {("matrix", *key): text for key, text in around.items() if key[0] != "rows"}
    if isinstance(item, LikertItem):
        codes = questionnaire.scales[item.scale].codes
        shown |= {("scale", choice.code): choice.text for choice in codes}
    inside = item.items if isinstance(item, RepeatItem) else (item,)
    for one in inside:
        if isinstance(one, ChoosingItem):
            around_it: Key = () if one is item else ("items", one.id)
            choices = _choices(questionnaire, one)
            shown |= {(*around_it, *key): text for key, text in choices.items()}
    return shown


def _found(questionnaire: Questionnaire, item_id: str) -> tuple[Section, Item, MatrixItem | None]:
    for section in questionnaire.sections:
        for item, matrix in items_of(section):
            if item.id == item_id:
                return section, item, matrix
    raise KeyError(item_id)


def _choices(questionnaire: Questionnaire, item: ChoosingItem) -> dict[Key, Text]:
    """The texts of its choices, its own or those of the list or item that they are taken from.

    Under the same keys in every case: where they stand in the file, nobody sees.
    """
    source = questionnaire.items.get(item.choices_from or "")
    if isinstance(source, ChoosingItem):
        return _choices(questionnaire, source)
    return {("choices", one.code, "text"): one.text for one in questionnaire.listed(item)}
