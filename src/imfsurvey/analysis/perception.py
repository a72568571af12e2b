"""A perception survey's figures, after disclosure control: what is hidden never leaves here.

Favourable, neutral and unfavourable shares by the codes that the scale declares; a theme is the
mean of its items' favourable shares, not the pooled share (UK Civil Service People Survey). What
may be said, by item, on its n valid answers:

- n < `k_total`: nothing ("too few"); nor, on a condition, where too few were not asked (see
  `disclosure.rare`).
- n < 30, and all or all but one give the same answer: only where the large majority lies. Any
  number, n included, would tell what each of them, or the single other one, answered.
- n < 30: the shares of "don't know", "not applicable" and blank, only when no kind of non-answer
  was given by 1 to k - 1 people. All three or none: with n and one share, the number who saw the
  item can be worked out, and from it a kind left out. "Refused" counts as such a kind. It cannot
  hide that somebody gave no valid answer, which n beside the n of another item tells; it hides
  how. On a knowledge item "don't know" is a valid answer, counted in n and no such kind.

Standard deviation and intervals are worked out from the counts shown, so they tell no more. A
theme is shown only when none of its items is hidden, so that nothing can be subtracted; what may
be said of scores over its items, `analysis.themes` tells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from imfsurvey.analysis.choices import choice_figures
from imfsurvey.analysis.disclosure.rare import tells_who_was_asked
from imfsurvey.analysis.disclosure.shares import fifth
from imfsurvey.analysis.figures import (
    Hidden,
    ItemFigures,
    PerceptionFigures,
    ResponseFigures,
    ThemeFigures,
)
from imfsurvey.analysis.microdata import Microdata
from imfsurvey.analysis.spread import sd_of
from imfsurvey.analysis.themes import SMALL, theme_figures
from imfsurvey.i18n.errors import InputError
from imfsurvey.interview.variables import BLANK, DONT_KNOW, NOT_APPLICABLE, NOT_SHOWN, REFUSED
from imfsurvey.questionnaire import LikertItem, Questionnaire, Scale

_VALID: Final = bytes(byte < DONT_KNOW for byte in range(256))
_VALID_OF_KNOWLEDGE: Final = bytes(byte <= DONT_KNOW for byte in range(256))
"""By byte of a column: 1 for a valid answer."""

Side = Literal["favourable", "neutral", "unfavourable"]


def perceive(
    questionnaire: Questionnaire, microdata: Microdata, headcount: int
) -> PerceptionFigures:
    """The figures of the whole entity, under the questionnaire's `k_total`.

    `microdata` holds the responses to this questionnaire, `headcount` the people invited. Raises
    `InputError` when there are more responses than people, and for a reversed item on a scale
    whose codes do not mirror each other.
    """
    require_possible(microdata.responses, headcount)
    k = questionnaire.privacy.k_total
    asked = [item for item in questionnaire.asking_items() if isinstance(item, LikertItem)]
    answers = [Answers.of(item, questionnaire.scales[item.scale], microdata) for item in asked]
    items = tuple(
        _item_figures(
            one,
            fewest(questionnaire, one.item.id),
            None if questionnaire.conditions[one.item.id] else headcount,
        )
        for one in answers
    )
    return PerceptionFigures(
        questionnaire=questionnaire.id,
        k=k,
        responses=response_figures(answered(questionnaire, microdata).count(1), headcount, k),
        items=items,
        themes=tuple(
            _theme_figures(theme.id, questionnaire, answers, items, microdata, headcount)
            for theme in questionnaire.themes
            if any(one.item.theme == theme.id and one.by_side() for one in answers)
        ),
        hidden=sum(item.hidden is not None for item in items),
        choices=choice_figures(questionnaire, microdata),
    )


def require_possible(responses: int, headcount: int) -> None:
    """Raise `InputError` when there are more responses than people."""
    if responses > headcount:
        raise InputError(
            "IMF-A108",
            "there are more responses than people: the headcount says {headcount}. Correct the "
            "headcount, or check whether anybody answered more than once.",
            headcount=headcount,
        )


def fewest(questionnaire: Questionnaire, item_id: str) -> int:
    """How many valid answers a figure of an item needs.

    As many as a breakdown where conditions show the item to some only: its figure tells of a part
    of the staff.
    """
    privacy = questionnaire.privacy
    return max(privacy.k, privacy.k_total) if questionnaire.conditions[item_id] else privacy.k_total


@dataclass(frozen=True)
class Answers:
    """How often each answer to one item was given."""

    item: LikertItem
    scale: Scale
    counts: tuple[int, ...]
    """By code of the scale."""
    dont_know: int
    not_applicable: int
    refused: int
    blank: int
    not_shown: int

    @classmethod
    def of(cls, item: LikertItem, scale: Scale, microdata: Microdata) -> Answers:
        """Counted in the item's column."""
        if item.reverse and not scale.can_be_reversed:
            raise InputError(
                "IMF-A109",
                "item '{item}' is reversed, but the codes of scale '{scale}' do not mirror each "
                "other",
                item=item.id,
                scale=item.scale,
            )
        from imfsurvey.analysis.tally import tally

        return cls.tallied(item, scale, tally(microdata.columns[item.id]))

    @classmethod
    def tallied(cls, item: LikertItem, scale: Scale, tally: Mapping[int, int]) -> Answers:
        """As counted before by byte, over all responses or some of them."""
        return cls(
            item=item,
            scale=scale,
            counts=tuple(tally.get(place, 0) for place in range(len(scale.values))),
            dont_know=tally.get(DONT_KNOW, 0),
            not_applicable=tally.get(NOT_APPLICABLE, 0),
            refused=tally.get(REFUSED, 0),
            blank=tally.get(BLANK, 0),
            not_shown=tally.get(NOT_SHOWN, 0),
        )

    @property
    def on_scale(self) -> int:
        """Answers with a code."""
        return sum(self.counts)

    @property
    def unknowing(self) -> int:
        """Those who don't know, where that is an answer: on a knowledge item."""
        return self.dont_know if self.item.knowledge else 0

    @property
    def n(self) -> int:
        """Valid answers."""
        return self.on_scale + self.unknowing

    @property
    def seen(self) -> int:
        """Everybody who saw the item."""
        non_answers = self.dont_know + self.not_applicable + self.refused + self.blank
        return self.on_scale + non_answers

    def side(self, code: int) -> Side | None:
        """Where a code lies, after reversing; None on a scale that declares no sides."""
        scored = self._scored(code)
        if not self.scale.favourable and not self.scale.unfavourable:
            return None
        if scored in self.scale.favourable:
            return "favourable"
        return "unfavourable" if scored in self.scale.unfavourable else "neutral"

    def by_side(self) -> dict[Side, int]:
        """Valid answers by side; empty on a scale that declares no sides."""
        found: dict[Side, int] = {"favourable": 0, "neutral": 0, "unfavourable": self.unknowing}
        for code, count in zip(self.scale.values, self.counts, strict=True):
            side = self.side(code)
            if side is None:
                return {}
            found[side] += count
        return found

    def share(self, side: Side) -> float | None:
        """Share of the valid answers on a side; None on a scale that declares no sides."""
        sides = self.by_side()
        return sides[side] / self.n if sides else None

    def mean(self) -> float:
        """Mean code of the answers on the scale, after reversing."""
        pairs = zip(self.scale.values, self.counts, strict=True)
        # Turned round before it is divided: 6 - 4.15 is a hair below 1.85, and printed 1.8.
        scored = (self._scored(code) * count for code, count in pairs)
        return sum(scored) / self.on_scale

    def sd(self) -> float:
        """Standard deviation of the answers on the scale, with n - 1; of two answers or more."""
        return sd_of(self.scale.values, self.counts)

    def _scored(self, code: int) -> int:
        values = self.scale.values
        return values[0] + values[-1] - code if self.item.reverse else code


def _item_figures(answers: Answers, k: int, population: int | None) -> ItemFigures:
    """`population`: the people asked, None when that is not known: on a condition."""
    too_telling = population is None and tells_who_was_asked(
        answers.seen, answers.not_shown, k, on_condition=True
    )
    if answers.n < k or too_telling:
        return _hidden(answers, "too_few", None)
    if answers.n < SMALL and answers.n - _most_alike(answers) <= 1:
        return _hidden(answers, "large_majority", _leaning(answers))
    dont_know, not_applicable, blank = _non_answer_shares(answers, k)
    from imfsurvey.analysis.intervals import mean_interval, share_interval

    favourable = answers.share("favourable")
    # On a knowledge item fewer people than n may stand behind the mean.
    enough = answers.on_scale >= k
    mean, sd = (answers.mean(), answers.sd()) if enough else (None, None)
    census = answers.n == population
    return ItemFigures(
        item=answers.item.id,
        hidden=None,
        leaning=None,
        n=answers.n,
        counts=answers.counts,
        favourable=favourable,
        neutral=answers.share("neutral"),
        unfavourable=answers.share("unfavourable"),
        mean=mean,
        dont_know=dont_know,
        not_applicable=not_applicable,
        blank=blank,
        sd=sd,
        mean_interval=None
        if mean is None or sd is None or census
        else mean_interval(mean, sd, answers.on_scale, population),
        favourable_interval=None
        if favourable is None
        else share_interval(favourable, answers.n, population),
        census=census,
    )


def _hidden(answers: Answers, why: Hidden, leaning: Side | None) -> ItemFigures:
    return ItemFigures(
        item=answers.item.id,
        hidden=why,
        leaning=leaning,
        n=None,
        counts=None,
        favourable=None,
        neutral=None,
        unfavourable=None,
        mean=None,
        dont_know=None,
        not_applicable=None,
        blank=None,
    )


def _most_alike(answers: Answers) -> int:
    """How many gave the same answer, or lie on the same side.

    Sides count as well: "100 % favourable" tells of everybody, whether they agree or strongly do.
    """
    return max(*answers.counts, answers.unknowing, *answers.by_side().values())


def _leaning(answers: Answers) -> Side | None:
    """The side that most answers lie on; None on a scale that declares no sides."""
    sides = answers.by_side()
    if not sides:
        return None
    leading: Side = max(sides, key=sides.__getitem__)
    return leading


def _non_answer_shares(
    answers: Answers, k: int
) -> tuple[float, float, float] | tuple[None, None, None]:
    """Shares of "don't know", "not applicable" and blank among all who saw the item."""
    kinds = [answers.not_applicable, answers.refused, answers.blank]
    if not answers.item.knowledge:
        kinds.append(answers.dont_know)
    if answers.n < SMALL and any(0 < count < k for count in kinds):
        return None, None, None
    seen = answers.seen
    return answers.dont_know / seen, answers.not_applicable / seen, answers.blank / seen


def _theme_figures(
    theme: str,
    questionnaire: Questionnaire,
    answers: Sequence[Answers],
    figures: Sequence[ItemFigures],
    microdata: Microdata,
    headcount: int,
) -> ThemeFigures:
    pairs = zip(answers, figures, strict=True)
    inside = [(one.item, one.scale, found) for one, found in pairs if one.item.theme == theme]
    for_some = any(questionnaire.conditions[item.id] for item, _, _ in inside)
    return theme_figures(
        theme,
        inside,
        microdata,
        k=max(fewest(questionnaire, item.id) for item, _, _ in inside),
        population=None if for_some else headcount,
    )


def answered(questionnaire: Questionnaire, microdata: Microdata) -> bytes:
    """By response: 1 with at least one valid answer to a statement (as AHRQ SOPS counts), else 0.

    In a questionnaire without statements, to any item.
    """
    counted = [
        (microdata.columns[item.id], _VALID_OF_KNOWLEDGE if item.knowledge else _VALID)
        for item in questionnaire.asking_items()
        if isinstance(item, LikertItem)
    ] or [(column, _VALID) for column in microdata.columns.values()]
    together = 0  # all columns laid over each other as one number, a byte a response
    everybody = int.from_bytes(b"\1" * microdata.responses, "big")
    for column, valid in counted:
        together |= int.from_bytes(column.translate(valid), "big")
        if together == everybody:
            break
    return together.to_bytes(microdata.responses, "big")


def response_figures(returned: int, headcount: int, k: int) -> ResponseFigures:
    """Below k nothing is said; below `SMALL`, the fifth in which the rate lies.

    `returned` is at most `headcount`.
    """
    if returned < k:
        return ResponseFigures(headcount, returned=None, rate=None, band=None)
    if returned < SMALL:  # as is every number returned by a small headcount
        band = fifth(returned / headcount)
        return ResponseFigures(headcount, returned=None, rate=None, band=band)
    return ResponseFigures(headcount, returned, returned / headcount, band=None)
