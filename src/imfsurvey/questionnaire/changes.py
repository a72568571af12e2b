"""What differs between two versions of a questionnaire, and what it does to answers given before.

Three sorts of change: `safe` leaves every figure as it was; `comparable` may be read side by side
with a note that says what changed; `breaking` makes answers of before and after unlike, so that
they need different versions. Nothing is listed where the meaning of the files is the same, that
is, where their `form_hash` is.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from imfsurvey.i18n.catalogue import N_
from imfsurvey.questionnaire.comparability import GRAVITY, Both, ChangeKind, How, judged
from imfsurvey.questionnaire.expressions import Expression
from imfsurvey.questionnaire.model import Questionnaire
from imfsurvey.questionnaire.parts import ITEMS, ROWS, Key, Order, Part, There, parts_of
from imfsurvey.questionnaire.renames import called_now, renames
from imfsurvey.source.places import KeyPath
from imfsurvey.source.texts import Text

_NEW: Final = N_("'{what}' is new")
_GONE: Final = N_("'{what}' is gone")
_OTHER: Final = N_("'{what}' was {old}, is now {new}")
_RENAMED: Final = N_("'{old}' is now called '{new}'")
_ORDER: Final = N_("the order of '{what}' is another")
_WORDS: Final = N_("the wording of '{what}' is another in: {languages}")
_TRANSLATED: Final = N_("'{language}': {count} translation(s) more")
_UNTRANSLATED: Final = N_("'{language}': {count} translation(s) less")


@dataclass(frozen=True)
class Change:
    """One difference, with its path in each of the files; None in the one that lacks it.

    `template` is the English msgid with `{name}` placeholders filled by `params`.
    """

    kind: ChangeKind
    key: Key
    """Of the part that differs; of the first one where translations are counted."""
    template: str
    params: Mapping[str, object]
    old: KeyPath | None
    new: KeyPath | None

    @property
    def wording(self) -> bool:
        """Whether it is about the words of a text that both versions have."""
        return self.template in (_WORDS, _TRANSLATED, _UNTRANSLATED)

    @property
    def renaming(self) -> bool:
        """Whether an item has nothing but another id."""
        return self.template == _RENAMED


def changes(old: Questionnaire, new: Questionnaire) -> list[Change]:
    """Every change from one version to the next, the gravest first.

    Among equals in the order of the old file, then what only the new one has. An item that the
    new version renames is one change; its others are told of under the new id.
    """
    names = renames(old, new)
    same = called_now(old, names)
    before, after = parts_of(same), parts_of(new)
    pairs = {
        key: Both(part, before.get(key), after.get(key), same, new)
        for key, part in (before | after).items()
    }
    found = list(_renamed(names, before, after))
    found += [change for key, pair in pairs.items() for change in _compared(key, pair, pairs)]
    found += _translations(pairs)
    return sorted(found, key=lambda change: GRAVITY.index(change.kind))


def _renamed(
    names: Mapping[str, str], before: Mapping[Key, Part], after: Mapping[Key, Part]
) -> Iterator[Change]:
    """One change for each item that is the same by another name."""
    was_there, is_there = _items_by_id(before), _items_by_id(after)
    for was, called in names.items():
        old, new = was_there[called], is_there[called]
        params = {"what": ".".join(map(str, new.key)), "old": was, "new": called}
        yield Change("comparable", new.key, _RENAMED, params, old.path, new.path)


def _items_by_id(parts: Mapping[Key, Part]) -> dict[str, Part]:
    """The items and rows of matrices themselves."""
    return {
        str(key[-1]): part
        for key, part in parts.items()
        if key[0] == ITEMS and (len(key) == 2 or (len(key) == 4 and key[2] == ROWS))
    }


def _compared(key: Key, pair: Both, pairs: Mapping[Key, Both]) -> Iterator[Change]:
    """The change of one part, unless that of a block around it says all."""
    old, new = pair.old, pair.new
    if _told_above(key, pairs):
        return
    if old is None or new is None:
        value = pair.part.value
        if not isinstance(value, Order) or not value.keys:  # a list is told of by its entries
            yield _change(pair, "new", _NEW) if old is None else _change(pair, "gone", _GONE)
    elif isinstance(old.value, Order) and isinstance(new.value, Order):
        if _reordered(old.value, new.value):
            yield _change(pair, "other", _ORDER)
    elif isinstance(old.value, Text) and isinstance(new.value, Text):
        reworded = _reworded(old.value, new.value)
        if reworded:
            yield _change(pair, "other", _WORDS, languages=", ".join(reworded))
    elif _normal(old.value) != _normal(new.value):
        values = {"old": _shown(old.value), "new": _shown(new.value)}
        yield _change(pair, "other", _OTHER, **values)


def _told_above(key: Key, pairs: Mapping[Key, Both]) -> bool:
    """Whether a block around it is new, gone, or of another type altogether."""
    for length in range(1, len(key)):
        around = pairs.get(key[:length])
        if around is not None and _appears(around):
            return True
        kinds = pairs.get((*key[:length], "type"))
        if kinds is not None and key[length:] != ("type",) and _differs(kinds):
            return True
    return False


def _appears(pair: Both) -> bool:
    """Whether it is a block or an entry that only one of the versions has."""
    only = [part for part in (pair.old, pair.new) if part is not None]
    return len(only) == 1 and isinstance(only[0].value, There)


def _differs(pair: Both) -> bool:
    return pair.old is not None and pair.new is not None and pair.old.value != pair.new.value


def _reordered(old: Order, new: Order) -> bool:
    """Whether what both lists have stands in another order."""
    common = set(old.keys) & set(new.keys)
    return [one for one in old.keys if one in common] != [one for one in new.keys if one in common]


def _reworded(old: Text, new: Text) -> list[str]:
    """The languages that both have, in other words."""
    both = sorted(old.languages() & new.languages())
    return [one for one in both if _normal(old.root[one]) != _normal(new.root[one])]


def _change(pair: Both, how: How, template: str, **params: object) -> Change:
    return Change(
        judged(how, pair),
        pair.part.key,
        template,
        {"what": ".".join(map(str, pair.part.key)), **params},
        *_paths(pair),
    )


def _paths(pair: Both) -> tuple[KeyPath | None, KeyPath | None]:
    return pair.old.path if pair.old else None, pair.new.path if pair.new else None


def _translations(pairs: Mapping[Key, Both]) -> Iterator[Change]:
    """Texts that have a language more or less: one change a language, where the first of them is.

    A text that is new or gone as a whole has a change of its own.
    """
    more: dict[str, list[Both]] = {}
    less: dict[str, list[Both]] = {}
    for key, pair in pairs.items():
        if pair.old is None or pair.new is None or _told_above(key, pairs):
            continue
        if isinstance(pair.old.value, Text) and isinstance(pair.new.value, Text):
            was, now = pair.old.value.languages(), pair.new.value.languages()
            for tally, languages in ((more, now - was), (less, was - now)):
                for language in languages:
                    tally.setdefault(language, []).append(pair)
    yield from _tallied(more, "safe", _TRANSLATED)
    yield from _tallied(less, "comparable", _UNTRANSLATED)


def _tallied(tally: Mapping[str, list[Both]], kind: ChangeKind, template: str) -> Iterator[Change]:
    for language, pairs in sorted(tally.items()):
        first, params = pairs[0], {"language": language, "count": len(pairs)}
        yield Change(kind, first.part.key, template, params, *_paths(first))


def _normal(value: object) -> object:
    """What the hash of a questionnaire takes for the same is the same here."""
    if isinstance(value, Expression):
        value = value.text
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def _shown(value: object) -> str:
    """A value as it is written in a file."""
    if isinstance(value, Expression):
        return value.text
    return value if isinstance(value, str) else json.dumps(value)
