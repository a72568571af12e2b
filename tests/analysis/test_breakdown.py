"""Results by group: who is hidden for what reason, how exact the others are, bad input."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

import pytest
from crossed import broken, groups_of, hidden_of, people, shares_of, survey

from imfsurvey.analysis.breakdown import RESPONSES, Earlier, break_down
from imfsurvey.analysis.groups import GroupResponses, GroupShare
from imfsurvey.analysis.microdata import Microdata
from imfsurvey.analysis.perception import perceive

UNITS = {"unit": ["north", "south", "east"]}
THREE = survey(UNITS)


def unit(name: str, favourable: int, neutral: int, unfavourable: int) -> list[Any]:
    """The people of a unit by what they said."""
    spread = ((5, favourable), (3, neutral), (1, unfavourable))
    return [row for code, count in spread for row in people(count, unit=name, a=code)]


BIG = unit("north", 20, 10, 10) + unit("south", 15, 10, 10)


class TestWhoIsHidden:
    def test_k_counts_valid_answers(self) -> None:
        """Twelve of the east answered the survey, but only nine this statement: hidden."""
        few = unit("east", 4, 3, 2) + people(3, unit="east", a="~dk")
        assert hidden_of(broken(THREE, BIG + few), "a", "unit")["east"] == "too_few"

    def test_a_lone_hidden_group_gets_company(self) -> None:
        """East (9) would be everybody less north and south: south (35), the smaller, goes too."""
        found = hidden_of(broken(THREE, BIG + unit("east", 4, 3, 2)), "a", "unit")
        assert found == {"north": None, "south": "protected", "east": "too_few"}

    def test_nothing_is_hidden_without_need(self) -> None:
        """With ten in the east and everybody in a group, all are shown."""
        found = hidden_of(broken(THREE, BIG + unit("east", 4, 3, 3)), "a", "unit")
        assert set(found.values()) == {None}

    def test_who_names_no_group_is_a_group_too(self) -> None:
        """Three refused to say: everybody less the three units would be these three."""
        rows = BIG + unit("east", 6, 4, 3) + people(3, unit="~refused", a=5)
        found = hidden_of(broken(THREE, rows), "a", "unit")
        assert found == {"north": None, "south": None, "east": "protected"}

    def test_empty_and_hidden_look_alike(self) -> None:
        """Nobody of the east answered this statement, though five answered another: hidden, and
        the smaller of the others with it. Where nobody at all belongs to it, nothing is to hide.
        """
        silent = people(5, unit="east", a="~blank")
        found = hidden_of(broken(THREE, BIG + silent), "a", "unit")
        assert found == {"north": None, "south": "protected", "east": "too_few"}
        found = hidden_of(broken(THREE, BIG), "a", "unit")
        assert found == {"north": None, "south": None, "east": "too_few"}

    def test_unanimity(self) -> None:
        """All but one of twelve agree: no figure, nor one that the rest of everybody gives."""
        found = hidden_of(broken(THREE, BIG + unit("east", 0, 1, 11)), "a", "unit")
        assert found == {"north": None, "south": "protected", "east": "protected"}

    def test_from_thirty_on_unanimity_may_be_told(self) -> None:
        """As for everybody together."""
        found = shares_of(broken(THREE, BIG + unit("east", 30, 0, 0)), "a", "unit")
        assert (found["east"].hidden, found["east"].favourable) == (None, 1.0)

    def test_a_range_that_is_too_narrow(self) -> None:
        """East (9) and south (12) are left together, and none of these 21 was unfavourable: that
        would tell it of each of the nine. North goes too."""
        rows = unit("north", 20, 10, 10) + unit("south", 7, 5, 0) + unit("east", 5, 4, 0)
        found = hidden_of(broken(THREE, rows), "a", "unit")
        assert found == {"north": "protected", "south": "protected", "east": "too_few"}

    def test_the_whole_is_hidden(self) -> None:
        """Everybody but one of 24 agrees: then no group has a figure either."""
        rows = unit("north", 12, 0, 0) + unit("south", 11, 1, 0)
        assert set(hidden_of(broken(THREE, rows), "a", "unit").values()) == {"whole"}

    def test_a_statement_for_some_is_not_broken_down(self) -> None:
        """How many of a unit saw it would tell how they answered the other one."""
        both = survey(UNITS, [{"id": "a"}, {"id": "b", "show_if": "a >= 4"}])
        rows = [
            row | {"b": "~not_shown" if row["a"] < 4 else 1 + n % 5} for n, row in enumerate(BIG)
        ]
        found = hidden_of(broken(both, rows), "b", "unit")
        assert set(found.values()) == {"for_some"}

    def test_a_scale_without_sides_is_not_broken_down(self) -> None:
        """There is no share to show; and what is kept as released says so."""
        both = survey(UNITS, [{"id": "a"}, {"id": "b", "scale": "mood"}])
        found = broken(both, [row | {"b": row["a"]} for row in BIG])
        assert [one.of for one in groups_of(found, "unit")["north"].items] == ["a"]
        assert found.shown["b"] == ({},)
        assert {"unit": "north"} in found.shown["a"]

    def test_the_same_groups_are_given_up(self) -> None:
        """On both statements it is the smallest unit, even where another has fewer answers."""
        both = survey(UNITS, [{"id": "a"}, {"id": "b"}])
        rows = [row | {"b": row["a"]} for row in BIG + unit("east", 4, 3, 2)]
        rows = [
            row | {"b": "~dk"} if row["unit"] == "north" and n < 15 else row
            for n, row in enumerate(rows)
        ]
        found = broken(both, rows)
        assert hidden_of(found, "a", "unit") == hidden_of(found, "b", "unit")


class TestCrossed:
    TWO = survey({"unit": ["n", "s"], "sex": ["f", "m"]}, crossed=2)

    def rows(self, **counts: int) -> list[Any]:
        """As many people by unit and sex, a third of them on each side."""
        return [
            {"unit": key[0], "sex": key[1], "a": (5, 3, 1)[n % 3]}
            for key, count in counts.items()
            for n in range(count)
        ]

    def test_rows_and_columns(self) -> None:
        """Four women in the south: neither the men there nor the women of the north may be shown,
        since unit or sex less those would be the four; and of the men of the north neither."""
        found = broken(self.TWO, self.rows(nf=20, nm=40, sf=4, sm=30))
        assert set(hidden_of(found, "a", "unit").values()) == {None}
        assert hidden_of(found, "a", "unit", "sex") == {
            ("n", "f"): "protected",
            ("n", "m"): "protected",
            ("s", "f"): "too_few",
            ("s", "m"): "protected",
        }

    def test_all_shown_when_all_are_large(self) -> None:
        """Four cells of 20 and more."""
        found = broken(self.TWO, self.rows(nf=20, nm=40, sf=21, sm=30))
        assert set(hidden_of(found, "a", "unit", "sex").values()) == {None}
        assert [one.by for one in found.figures] == [("unit",), ("sex",), ("unit", "sex")]

    def test_only_as_many_as_declared(self) -> None:
        """Without max_breakdowns nothing is crossed, and no other item is broken down by."""
        single = survey({"unit": ["n", "s"], "sex": ["f", "m"]})
        found = broken(single, self.rows(nf=20, nm=40, sf=21, sm=30))
        assert [one.by for one in found.figures] == [("unit",), ("sex",)]


class TestHowExact:
    @pytest.mark.parametrize(
        ("east", "share"),
        [
            (unit("east", 11, 9, 11), GroupShare("a", None, "exact", 11 / 31, 11 / 31, n=31)),
            (unit("east", 11, 9, 9), GroupShare("a", None, "rounded", 0.4, 0.3)),  # 37.9, 31.0
            (unit("east", 5, 5, 5), GroupShare("a", None, "rounded", 0.35, 0.35)),  # 33.3
            (unit("east", 9, 12, 3), GroupShare("a", None, "rounded", 0.4, 0.15)),  # 37.5, 12.5
            (unit("east", 5, 5, 4), GroupShare("a", None, "band", band=(0.2, 0.4))),  # 35.7
            (unit("east", 4, 3, 3), GroupShare("a", None, "band", band=(0.4, 0.6))),  # 40.0
        ],
    )
    def test_the_fewer_the_coarser(self, east: list[Any], share: GroupShare) -> None:
        """Exact from 30 answers on, to 5 points from 15 on, a fifth below; no n under 30."""
        assert shares_of(broken(THREE, BIG + east), "a", "unit")["east"] == share

    def test_no_subtraction_undoes_it(self) -> None:
        """East (12) is a band; with north and south exact it would come out. South is rounded."""
        found = shares_of(broken(THREE, BIG + unit("east", 4, 4, 4)), "a", "unit")
        assert [found[name].detail for name in UNITS["unit"]] == ["exact", "rounded", "band"]

    def test_themes(self) -> None:
        """By hand: shares 20/40 and 10/40, weights 1 and 3: (0.5 + 0.75) / 4 = 0.3125."""
        statements = [{"id": "a", "theme": "t"}, {"id": "b", "theme": "t", "weight": 3}]
        both = survey({"unit": ["north"]}, statements, themes=["t"])
        rows = unit("north", 20, 10, 10)
        rows = [row | {"b": 4 if n < 10 else 2} for n, row in enumerate(rows)]
        (theme,) = groups_of(broken(both, rows), "unit")["north"].themes
        assert theme == GroupShare("t", None, "exact", pytest.approx(0.3125))

    def test_a_theme_with_a_hidden_statement_is_hidden(self) -> None:
        """Else the hidden one could be worked out."""
        statements = [{"id": "a", "theme": "t"}, {"id": "b", "theme": "t"}]
        both = survey(UNITS, statements, themes=["t"])
        rows = [row | {"b": row["a"]} for row in BIG]
        rows += [row | {"b": "~dk"} for row in unit("east", 4, 4, 4)]
        found = broken(both, rows)
        assert hidden_of(found, "a", "unit")["east"] is None
        assert groups_of(found, "unit")["east"].themes == (GroupShare("t", "too_few"),)


def test_knowledge_and_reversed_statements() -> None:
    """Not knowing is unfavourable; a reversed statement is turned round."""
    both = survey(UNITS, [{"id": "a", "knowledge": True}, {"id": "b", "reverse": True}])
    rows = people(20, unit="north", a="~dk", b=1) + people(20, unit="north", a=4, b=5)
    found = groups_of(broken(both, rows), "unit")["north"].items
    assert [(one.n, one.favourable, one.unfavourable) for one in found] == [(40, 0.5, 0.5)] * 2


def test_numbers_in_bands() -> None:
    """A number that is kept as a band can be broken down by."""
    years = {
        "id": "years",
        "type": "number",
        "text": {"en": "Years"},
        "min": 0,
        "store_as": {"bands": [0, 5]},
    }
    questionnaire = survey({}, more=[years])
    rows = people(20, years=0, a=5) + people(15, years=0, a=1) + people(40, years=5, a=3)
    found = shares_of(broken(questionnaire, rows), "a", "years")
    assert (found[0].favourable, found[5].favourable) == (20 / 35, 0.0)


class TestResponses:
    """The response rate by group of the study."""

    ITEM: ClassVar = {
        "id": "unit",
        "type": "single",
        "text": {"en": "Unit"},
        "choices_from": "study.groups",
    }

    def responses(self, heads: dict[str, int], **counts: int) -> dict[str, GroupResponses]:
        """Of groups with headcounts, by how many answered."""
        questionnaire = survey({}, more=[self.ITEM])
        codes = tuple(heads)
        rows = [(codes.index(name), n % 5) for name, count in counts.items() for n in range(count)]
        columns = {"unit": bytes(row[0] for row in rows), "a": bytes(row[1] for row in rows)}
        data = Microdata(len(rows), {"unit": codes, "a": (1, 2, 3, 4, 5)}, columns)
        found = break_down(questionnaire, data, perceive(questionnaire, data, 1000), heads)
        return {key: one.responses for key, one in groups_of(found, "unit").items()}

    def test_number_band_nothing(self) -> None:
        """40 of 50; a fifth for 12 of 20; under k nothing; with 12 a band, the 40 would tell."""
        found = self.responses({"a": 50, "b": 60, "c": 20, "d": 15}, a=40, b=45, c=12, d=6)
        assert (found["b"].returned, found["b"].rate) == (45, 0.75)
        assert (found["c"].returned, found["c"].band) == (None, (0.6, 0.8))
        assert found["d"] == GroupResponses(15, None, None, None, "too_few")

    def test_empty_groups_and_wrong_headcounts(self) -> None:
        """Nobody in a group; more answers than people: said, never computed."""
        found = self.responses({"a": 50, "b": 8, "none": 0}, a=40, b=31)
        assert (found["b"].too_many, found["b"].rate, found["b"].band) == (True, None, None)
        assert found["none"] == GroupResponses(0, None, None, None, "too_few")

    def test_a_survey_without_statements(self) -> None:
        """Choices alone: whoever answered one of them counts, in a group as of everybody."""
        questionnaire = survey(UNITS, ())
        rows = people(40, unit="north") + people(35, unit="south") + people(30, unit="~refused")
        found = groups_of(broken(questionnaire, rows), "unit")
        assert {name: one.responses.returned for name, one in found.items()} == {
            "north": 40,
            "south": 35,
            "east": None,
        }

    def test_numbers_that_are_told_are_kept(self) -> None:
        """The ledger knows of them as of figures."""
        found = broken(THREE, BIG)
        assert found.shown[RESPONSES] == ({}, {"unit": "north"}, {"unit": "south"})


class TestEarlierReleases:
    """The ledger, seen from the figures."""

    ON = datetime.date(2026, 4, 1)
    ROWS: ClassVar = (
        unit("north", 15, 10, 10) + unit("south", 20, 10, 10) + people(3, unit="~refused", a=5)
    )

    def test_alone_the_smallest_is_hidden(self) -> None:
        """Three named no unit; without a past it is north (35) that is given up, not south (40)."""
        found = hidden_of(broken(THREE, self.ROWS), "a", "unit")
        assert (found["north"], found["south"]) == ("protected", None)

    def test_what_was_shown_stays_known(self) -> None:
        """North was shown once: now south would tell of the three who named no unit."""
        shown = {"a": [{}, {"unit": "north"}]}
        earlier = [Earlier(self.ON, bytes([1] * len(self.ROWS)), shown)]
        found = broken(THREE, self.ROWS, earlier=earlier)
        reasons = hidden_of(found, "a", "unit")
        assert (reasons["north"], reasons["south"]) == (None, "released")
        assert (found.figures[0].earlier, found.unsafe) == (self.ON, ())

    @pytest.mark.parametrize(("new", "unsafe"), [(0, ()), (1, ("a",)), (9, ("a",)), (10, ())])
    def test_more_responses_than_then(self, new: int, unsafe: tuple[str, ...]) -> None:
        """Everybody now less everybody then are those who came since: nobody, or ten at least."""
        counted = bytes([1] * (len(self.ROWS) - new) + [0] * new)
        earlier = [Earlier(self.ON, counted, {"a": [{}]})]
        assert broken(THREE, self.ROWS, earlier=earlier).unsafe == unsafe

    def test_everybody_has_a_border_of_their_own(self) -> None:
        """Six answers are fewer than the ten of a group, not than the five of everybody: their
        figure is no reason against itself, neither alone nor beside itself. Beside that of five
        of them it tells of the sixth."""
        rows = unit("north", 2, 1, 1) + unit("south", 1, 0, 1)
        assert broken(THREE, rows).unsafe == ()
        again = [Earlier(self.ON, bytes([1] * 6), {"a": [{}]})]
        assert broken(THREE, rows, earlier=again).unsafe == ()
        grown = [Earlier(self.ON, bytes([1] * 5 + [0]), {"a": [{}]})]
        assert broken(THREE, rows, earlier=grown).unsafe == ("a",)

    def test_the_same_statement_in_another_survey(self) -> None:
        """Nobody can tell how many answered both: shown once, it is not shown again."""
        found = broken(THREE, BIG, elsewhere={"a": [{}, {"unit": "north"}]})
        reasons = hidden_of(found, "a", "unit")
        assert (reasons["north"], reasons["south"]) == ("released", None)
