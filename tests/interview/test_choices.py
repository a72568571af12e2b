"""Several choices, rankings, words of one's own, and choices taken from earlier answers."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from small import (
    GROUPS,
    IMF,
    TODAY,
    choices,
    form,
    item,
    objections,
    offered,
    refused,
    say,
    walk,
)

from imfsurvey.i18n.catalogue import translator
from imfsurvey.interview import Answer, EntryInterview, Interview
from imfsurvey.interview.within import add_entry, move_entry, remove_entry
from imfsurvey.questionnaire import RepeatItem, SingleItem

LIST = choices("a", "b", "c", "none", none={"exclusive": True, "pin": "last"})


def codes(interview: Interview, item_id: str) -> tuple[object, ...]:
    """What is chosen now."""
    return interview.answer_to(item_id).codes


# --- several choices ------------------------------------------------------------------------


def test_ticks_are_kept_in_the_order_of_the_list() -> None:
    """In whatever order they were made; a second time unticks."""
    interview = walk(item("what", "multi", choices=LIST))
    for code in ("c", "a"):
        interview.toggle("what", code)
    assert codes(interview, "what") == ("a", "c")
    assert interview.toggle("what", "a").value == ("c",)
    assert not interview.toggle("what", "c").given
    assert interview.answers == {}
    assert interview.record("what", "answered", ("b", "a")).value == ("a", "b")


def test_what_stands_alone_unticks_the_others() -> None:
    """And the others untick it; both together are no answer."""
    interview = walk(item("what", "multi", choices=LIST))
    for code, expected in [
        ("a", ("a",)),
        ("none", ("none",)),
        ("b", ("b",)),
        ("c", ("b", "c")),
        ("none", ("none",)),
        ("none", ()),
    ]:
        interview.toggle("what", code)
        assert codes(interview, "what") == expected
    assert refused(interview.record, "what", "answered", ("a", "none")) == "I101"
    options = interview.options(interview.questionnaire.items["what"])
    assert [option.exclusive for option in options] == [False, False, False, True]


def test_no_more_than_the_most_can_be_ticked() -> None:
    """What was ticked before stays."""
    interview = walk(item("what", "multi", choices=LIST, max_choices=2))
    interview.toggle("what", "a")
    interview.toggle("what", "b")
    assert refused(interview.toggle, "what", "c") == "I108"
    assert codes(interview, "what") == ("a", "b")
    assert interview.toggle("what", "none").value == ("none",)


def test_no_fewer_than_the_least() -> None:
    """Nothing at all is fewer than any, unless it is required; alone is enough."""
    interview = walk(item("what", "multi", choices=LIST, min_choices=2))
    assert objections(interview, "what") == []
    say(interview, what=("a",))
    assert objections(interview, "what") == ["I125"]
    (found,) = interview.objections(interview.questionnaire.items["what"])
    assert found.params == {"min": 2}
    say(interview, what=("none",))
    assert objections(interview, "what") == []
    say(interview, what=("a", "c"))
    assert objections(interview, "what") == []


def test_no_more_are_needed_than_can_be_ticked_together() -> None:
    """Two are needed, but a condition leaves one, beside the one that stands alone."""
    listed = choices("a", "b", "none", b={"show_if": "seen == 'yes'"}, none={"exclusive": True})
    interview = walk(item("seen", "yes_no"), item("what", "multi", choices=listed, min_choices=2))
    say(interview, what=("a",))
    assert objections(interview, "what") == []
    say(interview, seen="yes")
    assert objections(interview, "what") == ["I125"]


@pytest.mark.parametrize("value", [(), ("x",), ("a", True), "a", 1, None, (1.0,)])
def test_what_is_no_choice_is_refused(value: object) -> None:
    """An unknown code, nothing, a truth, a single one."""
    interview = walk(item("what", "multi", choices=choices("a", 1)))
    assert refused(interview.record, "what", "answered", value) == "I101"
    assert refused(interview.toggle, "what", "x") == "I101"


def test_one_choice_cannot_be_ticked_or_ranked() -> None:
    """Nor does a statement."""
    interview = walk(
        item("one", "single", choices=choices("a", "b")), item("what", "multi", choices=LIST)
    )
    assert refused(interview.toggle, "one", "a") == "I101"
    say(interview, one="a", what=("a", "b"))
    assert not interview.move("one", "a", 1)
    assert not interview.move("what", "a", 1)
    assert codes(interview, "what") == ("a", "b")


def test_a_choice_that_is_not_offered_any_more_does_not_count() -> None:
    """It comes back with its condition; the others stay all the while."""
    listed = choices("a", "b", b={"show_if": "seen == 'yes'"})
    interview = walk(
        item("seen", "yes_no"),
        item("many", "multi", choices=listed),
        item("one", "single", choices=listed, required=True),
    )
    say(interview, seen="yes", many=("a", "b"), one="b")
    say(interview, seen="no")
    assert offered(interview, "many") == ["a"]
    assert interview.response()["many"].value == ("a",)
    assert interview.response()["one"] == Answer()
    assert objections(interview, "one") == ["I110"]
    say(interview, seen="yes")
    assert interview.response()["many"].value == ("a", "b")
    assert interview.response()["one"].value == "b"


@pytest.mark.parametrize("kind", ["multi", "ranking"])
def test_what_is_not_offered_any_more_is_in_nobody_s_way(kind: str) -> None:
    """It takes no place among the two that are allowed, has no rank, and is gone once something
    else is chosen without it."""
    listed = choices("a", "b", "c", a={"show_if": "seen == 'yes'"})
    most = {"multi": "max_choices", "ranking": "top"}[kind]
    interview = walk(item("seen", "yes_no"), item("q", kind, choices=listed, **{most: 2}))
    say(interview, seen="yes", q=("a", "b"))
    say(interview, seen="no")
    assert not interview.move("q", "b", -1)
    interview.toggle("q", "c")
    assert codes(interview, "q") == ("b", "c")
    say(interview, seen="yes")
    assert codes(interview, "q") == ("b", "c")


# --- rankings -------------------------------------------------------------------------------


def test_ranks_are_given_taken_and_moved() -> None:
    """The first comes first."""
    interview = walk(item("order", "ranking", choices=choices("a", "b", "c"), top=2))
    interview.toggle("order", "c")
    assert objections(interview, "order") == ["I116"]
    (found,) = interview.objections(interview.questionnaire.items["order"])
    assert found.params == {"count": 1, "wanted": 2}
    interview.toggle("order", "a")
    assert objections(interview, "order") == []
    assert codes(interview, "order") == ("c", "a")
    assert refused(interview.toggle, "order", "b") == "I108"
    assert interview.move("order", "a", -1)
    assert codes(interview, "order") == ("a", "c")
    assert not interview.move("order", "a", -1)
    assert not interview.move("order", "c", 1)
    assert not interview.move("order", "b", 1)
    interview.toggle("order", "a")
    assert codes(interview, "order") == ("c",)


def test_all_are_ranked_without_a_top() -> None:
    """None twice."""
    interview = walk(item("order", "ranking", choices=choices("a", "b", "c")))
    say(interview, order=("b", "c"))
    assert objections(interview, "order") == ["I116"]
    say(interview, order=("b", "c", "a"))
    assert objections(interview, "order") == []
    assert refused(interview.record, "order", "answered", ("a", "a")) == "I101"


# --- words of one's own ---------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["single", "multi", "ranking"])
def test_other_asks_for_words(kind: str) -> None:
    """It is the last choice, and answered by what is written."""
    interview = walk(item("what", kind, choices=choices("a"), other={"max_length": 10}))
    assert offered(interview, "what") == ["a", "other"]
    everything = {"single": "other", "multi": ("other",), "ranking": ("other", "a")}
    say(interview, what=everything[kind])
    (found,) = interview.objections(interview.questionnaire.items["what"])
    assert (found.code, found.side) == ("IMF-I117", "other")
    interview.note("what", "other", "  Drone ")
    assert interview.answer_to("what").other == "Drone"
    assert objections(interview, "what") == []
    assert refused(interview.note, "what", "other", "x" * 11) == "I103"
    assert interview.side_limit(interview.questionnaire.items["what"], "other") == 10


def test_other_comes_before_what_ends_the_list() -> None:
    """ "None of these" is about it as well; so is a choice that the author wants last."""
    last = choices("a", "z", z={"pin": "last"})
    interview = walk(
        item("what", "multi", choices=LIST, other={}),
        item("which", "single", choices=last, other={}),
    )
    assert offered(interview, "what") == ["a", "b", "c", "other", "none"]
    assert offered(interview, "which") == ["a", "other", "z"]


def test_words_of_ones_own_only_where_they_are_asked() -> None:
    """A list without them takes neither the code nor the words."""
    interview = walk(item("what", "single", choices=choices("a")))
    assert refused(interview.record, "what", "answered", "other") == "I101"
    assert refused(interview.note, "what", "other", "x") == "I102"


def test_other_is_called_as_the_author_says() -> None:
    """Else by the word of the interface."""
    own = {"text": {"fr": "Un autre service"}}
    interview = walk(
        item("one", "single", choices=choices("a"), other=own),
        item("two", "single", choices=choices("a"), other={}),
    )
    last = [interview.options(interview.questionnaire.items[one])[-1] for one in ("one", "two")]
    assert last[0].label == "Un autre service"
    assert last[1].label not in ("", last[0].label)


# --- choices from elsewhere -----------------------------------------------------------------


def test_choices_from_what_was_ticked() -> None:
    """Only that, in its words; what is unticked is not chosen any more."""
    interview = walk(
        item("what", "multi", choices=choices("a", "b", "c"), other={}),
        item("gravest", "single", choices_from="what", required=True),
        item("order", "ranking", choices_from="what", top=3),
        item("which", "multi", choices_from="what"),
    )
    assert offered(interview, "gravest") == []
    assert objections(interview, "gravest") == ["I113"]
    say(interview, what=("a", "c", "other"))
    interview.note("what", "other", "Un drone")
    for one in ("gravest", "order", "which"):
        assert offered(interview, one) == ["a", "c", "other"]
    labels = [one.label for one in interview.options(interview.questionnaire.items["gravest"])]
    assert labels == ["le a", "le c", "Un drone"]
    say(interview, gravest="other", order=("c", "other", "a"), which=("a", "c"))
    assert objections(interview, "gravest") == []
    say(interview, what=("b", "c"))
    assert not interview.answer_to("gravest").given
    assert codes(interview, "order") == ("c",)
    assert objections(interview, "order") == ["I116"]
    assert codes(interview, "which") == ("c",)


def test_choices_of_what_is_hidden_cannot_be_asked_for() -> None:
    """Nobody can fill a list that is not there: a required choice from it is not open."""
    interview = walk(
        item("seen", "yes_no"),
        item("what", "multi", choices=choices("a", "b"), show_if="seen == 'yes'"),
        item("gravest", "single", choices_from="what", required=True),
    )
    assert objections(interview, "gravest") == []
    assert interview.unfinished() == ()
    say(interview, seen="yes")
    assert objections(interview, "gravest") == ["I113"]
    say(interview, what=("a",))
    assert objections(interview, "gravest") == ["I110"]


def test_who_does_not_know_the_list_is_not_asked_to_choose_from_it() -> None:
    """A "don't know" to the list leaves nothing to choose, and is not to be taken back for it."""
    interview = walk(
        item("what", "multi", choices=choices("a", "b"), non_answers=["dk"]),
        item("worst", "multi", choices_from="what"),
        item("gravest", "single", choices_from="worst", required=True),
    )
    assert objections(interview, "gravest") == ["I113"]
    gravest = interview.questionnaire.items["gravest"]
    assert isinstance(gravest, SingleItem)
    assert interview.needs.waits_for_list(gravest)
    say(interview, what="~dk")
    assert objections(interview, "gravest") == []
    assert interview.unfinished() == ()
    assert not interview.needs.waits_for_list(gravest)
    say(interview, what=("a",))
    assert objections(interview, "gravest") == ["I113"]


def test_a_study_without_groups_asks_nobody_for_theirs() -> None:
    """A required choice of a group keeps no one from finishing where there is none."""
    questionnaire = form(item("group", "single", choices_from="study.groups", required=True))
    assert Interview(questionnaire, IMF, "fr").unfinished() == ()
    with_groups = Interview(questionnaire, IMF, "fr", groups=GROUPS)
    assert objections(with_groups, "group") == ["I110"]


def test_choices_that_are_all_hidden_cannot_be_asked_for() -> None:
    """Unless something else is offered."""
    listed = choices("a", a={"show_if": "seen == 'yes'"})
    interview = walk(
        item("seen", "yes_no"),
        item("bare", "single", choices=listed, required=True),
        item("way_out", "single", choices=listed, required=True, non_answers=["na"]),
    )
    assert objections(interview, "bare") == []
    assert objections(interview, "way_out") == ["I110"]


def test_an_entry_that_is_gone_leaves_words_of_ones_own() -> None:
    """Only the choice of the entry is open again."""
    fields = [item("role", "text", required=True)]
    interview = walk(
        item("actors", "repeat", label="role", items=fields),
        item("who", "single", choices_from="actors", other={}),
        item("all", "multi", choices_from="actors", other={}),
    )
    actors = interview.questionnaire.items["actors"]
    assert isinstance(actors, RepeatItem)
    for number in ("a1", "a2"):
        add_entry(interview, actors, number)
        EntryInterview(interview, actors, number).record("role", "answered", f"Rôle {number}")
    assert offered(interview, "who") == ["a1", "a2", "other"]
    say(interview, who="other", all=("a1", "a2", "other"))
    remove_entry(interview, actors, "a2")
    assert codes(interview, "who") == ("other",)
    assert codes(interview, "all") == ("a1", "other")


def test_entries_of_a_repeat_that_is_hidden_are_not_offered() -> None:
    """What chose one of them does not count so long, and nobody is asked to choose."""
    fields = [item("role", "text", required=True)]
    interview = walk(
        item("seen", "yes_no"),
        item("actors", "repeat", label="role", items=fields, show_if="seen == 'yes'"),
        item("who", "single", choices_from="actors", required=True),
    )
    say(interview, seen="yes")
    actors = interview.questionnaire.items["actors"]
    assert isinstance(actors, RepeatItem)
    add_entry(interview, actors, "a1")
    EntryInterview(interview, actors, "a1").record("role", "answered", "Chef")
    say(interview, who="a1")
    say(interview, seen="no")
    assert offered(interview, "who") == []
    assert interview.response()["who"] == Answer()
    assert interview.unfinished() == ()
    say(interview, seen="yes")
    assert interview.response()["who"].value == "a1"


def _with_actors() -> tuple[Interview, RepeatItem]:
    """Two actors, ticked in `all` and in a field, the first of them chosen from what was ticked."""
    chosen = item("by", "multi", choices_from="actors")
    interview = walk(
        item("actors", "repeat", label="role", items=[item("role", "text", required=True)]),
        item("all", "multi", choices_from="actors"),
        item("first", "single", choices_from="all"),
        item("steps", "repeat", label="step", items=[item("step", "text", required=True), chosen]),
    )
    actors, steps = (interview.questionnaire.items[one] for one in ("actors", "steps"))
    assert isinstance(actors, RepeatItem)
    assert isinstance(steps, RepeatItem)
    for number in ("a1", "a2"):
        add_entry(interview, actors, number)
    add_entry(interview, steps, "s1")
    EntryInterview(interview, steps, "s1").record("by", "answered", ("a1", "a2"))
    say(interview, all=("a1", "a2"), first="a1")
    return interview, actors


def _ticked_in_step(interview: Interview) -> object:
    (step,) = interview.answer_to("steps").entries
    return step.answers.get("by", Answer()).value


def test_entries_that_change_places_take_what_was_ticked_of_them_along() -> None:
    """The walk can be taken up again, also from what was kept in the order of before."""
    interview, actors = _with_actors()
    before = interview.answers
    assert move_entry(interview, actors, "a1", 1)
    assert codes(interview, "all") == ("a2", "a1")
    assert _ticked_in_step(interview) == ("a2", "a1")
    for answers in (interview.answers, {**before, "actors": interview.answers["actors"]}):
        again = walk_again(interview, answers)
        assert set(codes(again, "all")) == {"a1", "a2"}
        assert codes(again, "first") == ("a1",)


def test_an_entry_that_is_gone_is_gone_from_all_that_came_of_it() -> None:
    """From what was ticked, from what was chosen of the ticks, and from fields of other entries."""
    interview, actors = _with_actors()
    remove_entry(interview, actors, "a1")
    assert interview.answers.keys() == {"actors", "all", "steps"}
    assert codes(interview, "all") == ("a2",)
    assert _ticked_in_step(interview) == ("a2",)
    assert walk_again(interview, interview.answers).answers == interview.answers


def walk_again(interview: Interview, answers: Mapping[str, Answer]) -> Interview:
    """The same questionnaire, begun with answers."""
    return Interview(interview.questionnaire, IMF, "fr", answers=answers, today=TODAY)


def test_yes_and_no_are_said_by_the_interface() -> None:
    """Their codes are fixed."""
    interview = walk(item("seen", "yes_no", non_answers=["dk"]))
    options = interview.options(interview.questionnaire.items["seen"])
    words = translator("fr").messages.gettext
    assert [(one.status, one.value, one.label, one.key) for one in options] == [
        ("answered", "yes", words("Yes"), "1"),
        ("answered", "no", words("No"), "2"),
        ("dk", None, words("Don't know"), "d"),
    ]
    for wrong in ("oui", True, 1):
        assert refused(interview.record, "seen", "answered", wrong) == "I101"
