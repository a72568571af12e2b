"""What of two waves may be laid side by side, and what was asked in other words since.

A level is compared when the same items rate its topic, a share when the same statements make up
its theme: the same by id (or renamed), on the same levels or scale. Where words or conditions of
an item are another, it is compared with a mark; where a change is breaking, it is not. The
questionnaires and frameworks frozen with the two waves tell all this: no figure has to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from imfsurvey.framework import Framework, Topic
from imfsurvey.framework.model import OVERALL
from imfsurvey.questionnaire import Item, LikertItem, MaturityItem, Questionnaire
from imfsurvey.questionnaire.changes import Change, changes
from imfsurvey.questionnaire.hashes import languages_of, wording_hash
from imfsurvey.questionnaire.model import Section, items_of
from imfsurvey.questionnaire.parts import ITEMS, ROWS
from imfsurvey.questionnaire.rated import MatrixItem
from imfsurvey.questionnaire.renames import called_now, renames
from imfsurvey.source.hashes import content_hash

Asked = tuple[str, str]
"""An item: id of its questionnaire, its own id."""

Likeness = Literal["same", "reworded", "other"]
"""`reworded` may be compared with a mark, `other` not at all."""

_GRAVITY: Final[tuple[Likeness, ...]] = ("same", "reworded", "other")

_OF_THE_WHOLE: Final = frozenset(
    {("questionnaire", "kind"), ("questionnaire", "framework"), ("privacy", "mode")}
)
"""Keys by which a questionnaire is another one altogether."""

_BESIDE: Final = frozenset(
    {
        *("help", "evidence_kinds", "next_steps"),  # not needed to answer
        *("comment", "comment_max_length"),  # written beside the answer
        *("section", "theme"),  # where it stands; who reads a theme looks at its items
    }
)
"""Keys of an item that leave what is answered as it was."""

_WORD: Final = re.compile(r"[a-z][a-z0-9_]*")


class Asking(Protocol):
    """What asked: the figures of a wave come with both, and so does a wave."""

    @property
    def framework(self) -> Framework:
        """Whose topics are rated, on which levels."""

    @property
    def questionnaires(self) -> Mapping[str, Questionnaire]:
        """By id."""


@dataclass(frozen=True)
class Alike:
    """How like each other two waves asked for something."""

    likeness: Likeness
    items: tuple[Asked, ...] = ()
    """The items that are asked in other words or under other conditions, by their present ids."""


@dataclass(frozen=True)
class Counterpart:
    """A statement of the earlier wave that a later one asks as well."""

    likeness: Likeness
    item: str
    """Its id then."""


@dataclass(frozen=True)
class Comparison:
    """What of an earlier and a later wave may be laid side by side."""

    topics: Mapping[str, Alike]
    """By topic that the self-assessments of both rate."""
    only_once: frozenset[str]
    """Topics that just one of the two rates."""
    themes: Mapping[Asked, Alike]
    """By questionnaire and theme, of the surveys that both have."""
    statements: Mapping[Asked, Counterpart]
    """By the present id of the statement, of the surveys that both have."""

    def comparable(self, topic: str) -> bool:
        """Whether the levels of a topic may be compared."""
        return topic in self.topics and self.topics[topic].likeness != "other"

    def reworded(self) -> tuple[str, ...]:
        """The topics that may be compared with a mark."""
        return self._topics("reworded")

    def other(self) -> tuple[str, ...]:
        """The topics that both waves rate and that may not be compared."""
        return self._topics("other")

    def _topics(self, likeness: Likeness) -> tuple[str, ...]:
        return tuple(topic for topic, one in self.topics.items() if one.likeness == likeness)

    def noted(self, framework: Framework, node: str) -> bool:
        """Whether a comparison of a node, or of the whole, needs a note: its items are not all
        the same. A complementary topic that the short form leaves out needs none.
        """
        return any(map(self._differs, _topics_of(framework, node)))

    def _differs(self, topic: Topic) -> bool:
        if topic.id in self.only_once:
            return topic.layer == "core"
        return topic.id in self.topics and self.topics[topic.id].likeness != "same"


def compare(then: Asking, now: Asking, between: Sequence[Asking] = ()) -> Comparison:
    """Lay two waves side by side; `between`, in order of time, may have renamed items too."""
    brought = {
        ident: _brought_up(old, [wave.questionnaires.get(ident) for wave in (*between, now)])
        for ident, old in then.questionnaires.items()
    }
    before = {ident: old for ident, (old, _) in brought.items()}
    likeness = {
        (ident, item): one
        for ident, new in now.questionnaires.items()
        if ident in before
        for item, one in _items(before[ident], new, then.framework, now.framework)
    }
    old, new = _by_topic(before.values()), _by_topic(now.questionnaires.values())
    old_themes, new_themes = _by_theme(before.values()), _by_theme(now.questionnaires.values())
    return Comparison(
        topics={
            topic: _alike(old[topic], items, likeness)
            for topic, items in new.items()
            if topic in old
        },
        only_once=frozenset(old) ^ frozenset(new),
        themes={
            theme: _alike(old_themes[theme], items, likeness)
            for theme, items in new_themes.items()
            if theme in old_themes
        },
        statements={
            (ident, item): Counterpart(one, brought[ident][1].get(item, item))
            for (ident, item), one in likeness.items()
            if isinstance(now.questionnaires[ident].items[item], LikertItem)
        },
    )


def _brought_up(
    old: Questionnaire, later: Iterable[Questionnaire | None]
) -> tuple[Questionnaire, dict[str, str]]:
    """A questionnaire with the ids that its items have in the end; new id -> old of the renamed."""
    were: dict[str, str] = {}
    for one in later:
        if one is not None:
            names = renames(old, one)
            were.update({called: were.pop(was, was) for was, called in names.items()})
            old = called_now(old, names)
    return old, were


def _by_topic(questionnaires: Iterable[Questionnaire]) -> dict[str, set[Asked]]:
    """The items that rate each topic by its level."""
    found: dict[str, set[Asked]] = {}
    for one in questionnaires:
        for item in one.items.values() if one.kind == "self_assessment" else ():
            if isinstance(item, MaturityItem):
                found.setdefault(item.topic, set()).add((one.id, item.id))
    return found


def _by_theme(questionnaires: Iterable[Questionnaire]) -> dict[Asked, set[Asked]]:
    """The statements of each theme."""
    found: dict[Asked, set[Asked]] = {}
    for one in questionnaires:
        for item in one.items.values() if one.kind == "perception" else ():
            if isinstance(item, LikertItem) and item.theme is not None:
                found.setdefault((one.id, item.theme), set()).add((one.id, item.id))
    return found


def _alike(old: set[Asked], new: set[Asked], items: Mapping[Asked, Likeness]) -> Alike:
    """Of several items, the one that is least alike decides."""
    if old != new:
        return Alike("other")
    worst = max((items[one] for one in new), key=_GRAVITY.index)
    changed = sorted(one for one in new if items[one] == "reworded")
    return Alike(worst, tuple(changed) if worst == "reworded" else ())


# --- items ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Placed:
    """An item of the later version, and what it stands in."""

    item: Item
    matrix: MatrixItem | None
    section: Section

    def is_met_by(self, change: Change) -> bool:
        """Whether a change is one of the item, of what it stands in, of its scale or of a value
        that its conditions are made with.
        """
        key = change.key
        if key[0] == "scales":
            return isinstance(self.item, LikertItem) and key[1] == self.item.scale
        if key[0] == "computed":
            return len(key) > 1 and self._depends_on(str(key[1]))
        if key[0] == "sections":
            return key[1:] in ((self.section.id, "show_if"), (self.section.id, "order"))
        if key[0] != ITEMS or len(key) < 2:
            return False
        if key[1] == self.item.id:
            return True
        around = self.matrix is not None and key[1] == self.matrix.id and len(key) > 2
        return around and (key[2] != ROWS or key[3:4] == (self.item.id,))

    def _depends_on(self, name: str) -> bool:
        """Whether a condition for showing it says a name."""
        around = (self.section, self.matrix, self.item)
        conditions = [one.show_if.text for one in around if one is not None and one.show_if]
        return any(name in _WORD.findall(text) for text in conditions)


def _placed(questionnaire: Questionnaire) -> Iterator[_Placed]:
    for section in questionnaire.sections:
        for item, matrix in items_of(section):
            yield _Placed(item, matrix, section)


def _items(
    old: Questionnaire, new: Questionnaire, frame_then: Framework, frame_now: Framework
) -> Iterator[tuple[str, Likeness]]:
    """How like each other the items are that both versions have."""
    alike = old.form_hash == new.form_hash  # as mostly: nothing to look for
    found = [] if alike else changes(old, new)
    grave = any(one.kind == "breaking" and one.key in _OF_THE_WHOLE for one in found)
    other_levels = len(frame_then.levels) != len(frame_now.levels)
    same_levels = frame_then.levels == frame_now.levels
    for placed in _placed(new):
        ident, rated = placed.item.id, isinstance(placed.item, MaturityItem)
        if ident not in old.items:
            continue
        mine = [change for change in found if placed.is_met_by(change)]
        if grave or any(one.kind == "breaking" for one in mine) or (rated and other_levels):
            yield ident, "other"
            continue
        reworded = not alike and (any(map(_tells, mine)) or _worded_otherwise(old, new, ident))
        if rated and not (reworded or same_levels):
            reworded = _levels_otherwise(new, ident, frame_then, frame_now)
        yield ident, "reworded" if reworded else "same"


def _tells(change: Change) -> bool:
    """Whether people were asked under other conditions; words are judged by their hashes."""
    if change.kind != "comparable" or change.wording or change.renaming:
        return False
    row = change.key[0] == ITEMS and change.key[2:3] == (ROWS,)
    inside = change.key[4:] if row else change.key[2:]
    return not _BESIDE.intersection(inside[:1]) and inside != ("evidence", "max_length")


def _worded_otherwise(old: Questionnaire, new: Questionnaire, item: str) -> bool:
    """Whether it is in other words in a language that both have, or they have none in common."""
    both = languages_of(old, item) & languages_of(new, item)
    same = all(wording_hash(old, item, one) == wording_hash(new, item, one) for one in both)
    return not both or not same


def _levels_otherwise(
    new: Questionnaire, item: str, frame_then: Framework, frame_now: Framework
) -> bool:
    """Whether the framework calls the levels otherwise, or describes those that the item does not.

    In the languages in which the item can be read now; before, those were the same.
    """
    rated = new.items[item]
    described = (rated.rubric if isinstance(rated, MaturityItem) else None) or {}
    return any(
        _levels(frame_then, language, described) != _levels(frame_now, language, described)
        for language in languages_of(new, item)
    )


def _levels(framework: Framework, language: str, described: Mapping[str, object]) -> str:
    """One hash for what a rater reads of the levels beside an item's own rubric."""
    texts = [level.name for level in framework.levels]
    texts += [one.definition for one in framework.levels if str(one.level) not in described]
    return content_hash([" ".join(text.root.get(language, "").split()) for text in texts])


def _topics_of(framework: Framework, node: str) -> Sequence[Topic]:
    if node == OVERALL:
        return framework.rated_topics
    known = framework.nodes.get(node)
    return framework.topics_of(known) if known is not None else ()
