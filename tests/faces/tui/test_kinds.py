"""Each kind of item on the screen: recorded, changed, taken back, limited, finished."""

from __future__ import annotations

import pytest
from kinds import at, kinds_sitting, stored
from stage import picture, running
from textual.pilot import Pilot

from imfsurvey.faces.named_sitting import NamedSitting
from imfsurvey.faces.tui.criteria import CriteriaDialog
from imfsurvey.faces.tui.interview import InterviewScreen
from imfsurvey.faces.tui.review import ReviewScreen
from imfsurvey.faces.tui.writing import WritingDialog
from imfsurvey.faces.tui.written import Writing
from imfsurvey.study.folder import Study

WIDE = (120, 40)


@pytest.fixture
def sitting(study: Study) -> NamedSitting:
    """The mandatary at a questionnaire with every kind of item."""
    return kinds_sitting(study)


def shows(pilot: Pilot[object], *texts: str) -> bool:
    """Whether all of these stand on the screen, each within a line."""
    lines = picture(pilot)
    return all(any(text in line for line in lines) for text in texts)


def line_of(pilot: Pilot[object], text: str) -> int:
    """The first line with a text."""
    return next(y for y, line in enumerate(picture(pilot)) if text in line)


# --- several choices --------------------------------------------------------------------------


async def test_digits_and_space_tick_and_untick(study: Study, sitting: NamedSitting) -> None:
    """Each tick is on disk at once; the last one taken away leaves the item blank."""
    async with running(lambda: at(sitting, "what")) as pilot:
        await pilot.press("2", "1")
        assert shows(pilot, "[x] 1 Consultation", "[x] 2 Cadeaux", "[ ] 3 Activité")
        assert stored(study, "what").value == ("db", "gifts")
        await pilot.press("space", "down", "space", "down", "space")
        assert stored(study, "what").value == ("outside",)
        await pilot.press("3")
        assert not stored(study, "what").given


async def test_more_than_the_most_is_refused_in_words(study: Study, sitting: NamedSitting) -> None:
    """Nothing changes but the message line."""
    async with running(lambda: at(sitting, "what")) as pilot:
        await pilot.press("1", "2", "3")
        before = picture(pilot)
        await pilot.press("4")
        after = picture(pilot)
        assert stored(study, "what").value == ("db", "gifts", "outside")
        changed = [line for old, line in zip(before, after, strict=True) if old != line]
        assert [line[:3] for line in changed] == [" ! "]


async def test_what_stands_alone_takes_the_others_away(study: Study, sitting: NamedSitting) -> None:
    """And the other way round; a blank line sets it apart."""
    async with running(lambda: at(sitting, "what")) as pilot:
        alone = line_of(pilot, "6 Rien de tout cela")
        assert picture(pilot)[alone - 1] == ""
        await pilot.press("1", "2", "6")
        assert stored(study, "what").value == ("none",)
        await pilot.press("2")
        assert stored(study, "what").value == ("gifts",)


async def test_a_non_answer_takes_the_ticks_away(study: Study, sitting: NamedSitting) -> None:
    """Backspace takes that back as well."""
    async with running(lambda: at(sitting, "what")) as pilot:
        await pilot.press("1", "r")
        assert (stored(study, "what").status, stored(study, "what").value) == ("refused", None)
        assert shows(pilot, "[ ] 1 Consultation", "(•) r")
        await pilot.press("backspace")
        assert not stored(study, "what").given


async def test_enter_goes_on_and_ticks_nothing(study: Study, sitting: NamedSitting) -> None:
    """The cursor's line stays as it is; with nothing ticked Enter is pressed twice."""
    async with running(lambda: at(sitting, "what")) as pilot:
        await pilot.press("down", "enter")
        assert sitting.interview.page.item.id == "what"
        await pilot.press("1", "1", "enter")  # other answers in between: it is said anew
        assert sitting.interview.page.item.id == "what"
        await pilot.press("enter")
        assert sitting.interview.page.item.id == "measures"
        await pilot.press("down", "enter")  # the next page has not said it yet
        assert sitting.interview.page.item.id == "measures"
        assert not stored(study, "what").given
        assert not stored(study, "measures").given


async def test_ticking_other_asks_for_its_words(study: Study, sitting: NamedSitting) -> None:
    """They stand behind the choice; W opens them again; unticked, they are gone from the page."""
    async with running(lambda: at(sitting, "what")) as pilot:
        await pilot.press("5")
        assert isinstance(pilot.app.screen, WritingDialog)
        await pilot.press(*"armes", "enter")
        assert shows(pilot, "[x] 5", "armes")
        assert stored(study, "what").other == "armes"
        await pilot.press("w", "s", "enter")
        assert stored(study, "what").other == "armess"
        await pilot.press("5")
        assert not stored(study, "what").given


async def test_non_answers_by_mouse(study: Study, sitting: NamedSitting) -> None:
    """They stand side by side: a click takes the one under it, and beside the last one none."""
    async with running(lambda: at(sitting, "seen")) as pilot:
        row = line_of(pilot, "( ) d")
        line = picture(pilot)[row]
        assert "( ) r" in line
        await pilot.click(offset=(line.index("( ) r") + 8, row))
        assert stored(study, "seen").status == "refused"
        await pilot.click(offset=(line.index("( ) d") + 8, row))
        assert stored(study, "seen").status == "dk"
        await pilot.click(offset=(len(line) + 6, row))
        assert stored(study, "seen").status == "dk"


async def test_ticks_by_mouse(study: Study, sitting: NamedSitting) -> None:
    """A click on any line of a choice, also its second one, and behind its words."""
    async with running(lambda: at(sitting, "what")) as pilot:
        second = line_of(pilot, "ou au téléphone")
        assert second == line_of(pilot, "4 Façon de se parler") + 1
        await pilot.click(offset=(20, second))
        assert stored(study, "what").value == ("tone",)
        await pilot.click(offset=(70, line_of(pilot, "2 Cadeaux")))
        assert stored(study, "what").value == ("gifts", "tone")


# --- one choice --------------------------------------------------------------------------------


async def test_enter_on_other_asks_for_its_words_and_goes_on(
    study: Study, sitting: NamedSitting
) -> None:
    """Escape stays on the page."""
    async with running(lambda: at(sitting, "source")) as pilot:
        await pilot.press("up", "enter")
        assert isinstance(pilot.app.screen, WritingDialog)
        await pilot.press("escape")
        assert sitting.interview.page.item.id == "source"
        await pilot.press("enter", *"un tract", "enter")
        assert sitting.interview.page.item.id == "climate_speak"
    assert stored(study, "source").other == "un tract"


async def test_yes_and_no_have_digits(study: Study, sitting: NamedSitting) -> None:
    """Letters would differ from language to language."""
    async with running(lambda: at(sitting, "seen")) as pilot:
        await pilot.press("2")
        assert stored(study, "seen").value == "no"
        await pilot.press("1", "enter")
        assert stored(study, "seen").value == "yes"
        assert sitting.interview.page.item.id == "what"


async def test_a_comment_where_there_is_one(study: Study, sitting: NamedSitting) -> None:
    """C writes it; where an item has none, neither the key nor its hint is there."""
    async with running(lambda: at(sitting, "seen")) as pilot:
        assert shows(pilot, "C Commentaire") and not shows(pilot, "E Preuve")
        await pilot.press("e")
        assert isinstance(pilot.app.screen, InterviewScreen)
        await pilot.press("c", *"oui", "enter")
        assert stored(study, "seen").comment == "oui"
        await pilot.press("c", "escape")  # looked at, and left as it was
        await pilot.press("c", *"x", "escape", "escape")
        assert isinstance(pilot.app.screen, InterviewScreen)
        assert stored(study, "seen").comment == "oui"
    async with running(lambda: at(sitting, "what")) as pilot:
        assert not shows(pilot, "C Commentaire")
        await pilot.press("c")
        assert isinstance(pilot.app.screen, InterviewScreen)


# --- an order ------------------------------------------------------------------------------------


async def test_ranks_are_given_moved_and_taken_away(study: Study, sitting: NamedSitting) -> None:
    """Ranked ones stand on top in their order, the cursor follows the one that moves."""
    async with running(lambda: at(sitting, "measures")) as pilot:
        await pilot.press("4", "2", "5")
        assert stored(study, "measures").value == ("counsel", "training", "checks")
        await pilot.press("k", "k", "k")
        assert stored(study, "measures").value == ("checks", "counsel", "training")
        await pilot.press("J")
        assert stored(study, "measures").value == ("counsel", "checks", "training")
        ranked = [line_of(pilot, text) for text in ("[1] 4", "[2] 5", "[3] 2", "───", "[ ] 1")]
        assert ranked == sorted(ranked)
        await pilot.press("space")
        assert stored(study, "measures").value == ("counsel", "training")
        await pilot.press("backspace")
        assert not stored(study, "measures").given


async def test_no_more_are_ranked_than_asked_for(study: Study, sitting: NamedSitting) -> None:
    """Three of five; fewer are not accepted by Enter."""
    async with running(lambda: at(sitting, "measures")) as pilot:
        await pilot.press("1", "2", "enter")
        assert sitting.interview.page.item.id == "measures"
        await pilot.press("3", "4")
        assert stored(study, "measures").value == ("code", "training", "talk")
        assert shows(pilot, " ! ")
        await pilot.press("enter")
        assert sitting.interview.page.item.id == "source"


async def test_ranks_by_mouse(study: Study, sitting: NamedSitting) -> None:
    """A click ranks; the keys at the foot move."""
    async with running(lambda: at(sitting, "measures")) as pilot:
        for text in ("3 En parler", "1 Un code"):
            await pilot.click(offset=(12, line_of(pilot, text)))
        row = line_of(pilot, "K Monter")
        await pilot.click(offset=(picture(pilot)[row].index("K Monter") + 1, row))
        assert stored(study, "measures").value == ("code", "talk")


# --- a matrix ------------------------------------------------------------------------------------


async def test_a_matrix_goes_row_by_row_in_a_narrow_window(
    study: Study, sitting: NamedSitting
) -> None:
    """The stem of the whole above the statement of the row."""
    async with running(lambda: at(sitting, "climate_speak")) as pilot:
        assert shows(pilot, "Dans mon équipe…", "je peux parler") and not shows(pilot, "(•)")
        assert not shows(pilot, "je reçois de l'aide")
        assert line_of(pilot, "Dans mon équipe…") < line_of(pilot, "je peux parler")
        await pilot.press("4", "enter", "d", "enter", "2", "left")
        assert shows(pilot, "je reçois de l'aide", "(•) d")
    values = [stored(study, f"climate_{row}").value for row in ("speak", "help", "fair")]
    assert values == [4, None, 2]


async def test_a_matrix_is_a_grid_in_a_wide_window(study: Study, sitting: NamedSitting) -> None:
    """Up and down are the pages of the interview, digits and arrows choose in the row."""
    async with running(lambda: at(sitting, "climate_speak"), WIDE) as pilot:
        assert shows(pilot, "je peux parler", "je reçois de l'aide", "les règles valent")
        await pilot.press("4", "down", "right", "right", "space")
        assert sitting.interview.page.item.id == "climate_help"
        assert stored(study, "climate_speak").value == 4
        assert stored(study, "climate_help").value == 2
        await pilot.press("up", "backspace", "n")
        assert stored(study, "climate_speak").status == "na"
        await pilot.press("enter", "enter", "left", "left", "enter")
        assert stored(study, "climate_fair").status == "dk"
        assert sitting.interview.page.item.id == "sa_code"
        await pilot.press("left")
        assert sitting.interview.page.item.id == "climate_fair"


async def test_page_keys_leave_a_grid_as_a_whole(sitting: NamedSitting) -> None:
    """From any row to what follows, and to what stands before."""
    async with running(lambda: at(sitting, "climate_help"), WIDE) as pilot:
        await pilot.press("pagedown")
        assert sitting.interview.page.item.id == "sa_code"
        await pilot.press("pageup", "pageup")
        assert sitting.interview.page.item.id == "source"


async def test_a_grid_by_mouse(study: Study, sitting: NamedSitting) -> None:
    """A click on a cell answers that row, one on a statement goes there."""
    async with running(lambda: at(sitting, "climate_speak"), WIDE) as pilot:
        row = line_of(pilot, "les règles valent")
        cells = [
            x
            for x, _ in enumerate(picture(pilot)[row])
            if picture(pilot)[row][x:].startswith("( )")
        ]
        assert len(cells) == 7
        await pilot.click(offset=(cells[2] + 1, row))
        assert stored(study, "climate_fair").value == 3
        assert sitting.interview.page.item.id == "climate_fair"
        for cell, status in ((5, "dk"), (6, "na")):  # set apart behind the scale
            await pilot.click(offset=(cells[cell] + 1, row))
            assert stored(study, "climate_fair").status == status
        await pilot.click(offset=(6, line_of(pilot, "je reçois de l'aide")))
        assert sitting.interview.page.item.id == "climate_help"


async def test_a_grid_turns_into_rows_when_the_window_shrinks(sitting: NamedSitting) -> None:
    """And back; the page stays."""
    async with running(lambda: at(sitting, "climate_help"), WIDE) as pilot:
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert not shows(pilot, "les règles valent")
        await pilot.resize_terminal(*WIDE)
        await pilot.pause()
        assert shows(pilot, "les règles valent", "> je reçois")


# --- written -------------------------------------------------------------------------------------


async def test_only_the_band_of_a_number_is_kept(study: Study, sitting: NamedSitting) -> None:
    """The line below says which one while it is typed; out of bounds is said at once."""
    async with running(lambda: at(sitting, "years")) as pilot:
        await pilot.press("5")
        assert shows(pilot, "5 à 14")
        await pilot.press("5")
        assert shows(pilot, "  ! ")
        await pilot.press("enter")
        assert sitting.interview.page.item.id == "years"
        await pilot.press("backspace", "backspace", "8", "enter")
        assert sitting.interview.page.item.id == "budget"
    assert stored(study, "years").value == 5


async def test_a_letter_in_a_number_chooses_the_non_answer(
    study: Study, sitting: NamedSitting
) -> None:
    """What was typed is gone then; typing again answers."""
    async with running(lambda: at(sitting, "years")) as pilot:
        await pilot.press("8", "r")
        await pilot.pause()
        assert shows(pilot, "(•) r") and not shows(pilot, "│ 8")
        await pilot.press("enter")
        assert sitting.interview.page.item.id == "budget"
        assert stored(study, "years").status == "refused"
        await pilot.press("pageup", "9", "enter")
    assert (stored(study, "years").status, stored(study, "years").value) == ("answered", 5)


async def test_tab_goes_to_the_other_answers_of_a_text(study: Study, sitting: NamedSitting) -> None:
    """There letters are keys again; Tab goes back to the field."""
    async with running(lambda: at(sitting, "remark")) as pilot:
        await pilot.press("r", "tab", "r")
        assert stored(study, "remark").status == "refused"
        await pilot.press("tab", *"er", "f4", "x", "enter")
        assert stored(study, "remark").comment == "x"
        await pilot.press("enter")
    assert stored(study, "remark").value == "er"


async def test_enter_in_a_field_takes_no_other_answer(study: Study, sitting: NamedSitting) -> None:
    """Whoever has looked at the answers below it with Tab and comes back means what is typed."""
    async with running(lambda: at(sitting, "remark")) as pilot:
        await pilot.press("tab", "tab", *"er", "enter")
    assert (stored(study, "remark").status, stored(study, "remark").value) == ("answered", "er")


async def test_what_is_taken_back_beside_its_field_is_gone_from_it(
    study: Study, sitting: NamedSitting
) -> None:
    """Backspace among the answers below: leaving the page does not bring it back."""
    async with running(lambda: at(sitting, "years")) as pilot:
        await pilot.press("8", "enter", "pageup", "tab", "backspace")
        assert not stored(study, "years").given
        await pilot.press("pagedown")
        assert sitting.interview.page.item.id == "budget"
    assert not stored(study, "years").given


async def test_a_number_keeps_its_meaning_when_the_language_changes(
    study: Study, sitting: NamedSitting
) -> None:
    """1234,5 in French is 1234,50 in Dutch."""
    async with running(lambda: at(sitting, "budget")) as pilot:
        await pilot.press(*"1234,5", "f2", "2")
        await pilot.pause()
        assert shows(pilot, "│ 1234,50")
        await pilot.press("x", "f2", "1")  # no number yet: it is not lost either
        await pilot.pause()
        assert shows(pilot, "│ 1234,50x")
        await pilot.press("backspace", "f2", "2")
        await pilot.pause()
        assert shows(pilot, "│ 1234,50", "Wat is het budget?")
    assert stored(study, "budget").value == 1234.5


async def test_a_warning_is_kept_by_a_second_enter(study: Study, sitting: NamedSitting) -> None:
    """The words of the author, then what Enter will do."""
    async with running(lambda: at(sitting, "budget")) as pilot:
        await pilot.press(*"200000", "enter")
        assert sitting.interview.page.item.id == "budget"
        assert shows(pilot, "C'est beaucoup : vérifiez le montant.")
        await pilot.press("1", "enter")  # another figure: it is warned of anew
        assert sitting.interview.page.item.id == "budget"
        await pilot.press("enter")
        assert sitting.interview.page.item.id == "trained"
        await pilot.press("pageup", "enter")
        assert sitting.interview.page.item.id == "budget"
    assert stored(study, "budget").value == 2000001


async def test_an_error_of_the_author_is_not_confirmed(sitting: NamedSitting) -> None:
    """Enter stays, however often it is pressed."""
    async with running(lambda: at(sitting, "budget")) as pilot:
        await pilot.press(*"13", "enter", "enter", "enter")
        assert sitting.interview.page.item.id == "budget"
        assert shows(pilot, "! Treize ne va pas.")


async def test_a_text_that_seems_to_name_somebody_is_warned_of(sitting: NamedSitting) -> None:
    """The second Enter keeps it and goes to the overview."""
    async with running(lambda: at(sitting, "remark")) as pilot:
        await pilot.press(*"a.b@example.be", "enter")
        assert isinstance(pilot.app.screen, InterviewScreen)
        assert shows(pilot, " ! ")
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, ReviewScreen)


async def test_a_date_out_of_its_bounds_is_not_accepted(sitting: NamedSitting) -> None:
    """The bounds stand below the field."""
    async with running(lambda: at(sitting, "trained")) as pilot:
        assert shows(pilot, "01/2015")
        await pilot.press(*"3/2014", "enter")
        assert sitting.interview.page.item.id == "trained"
        assert shows(pilot, " ! ")


async def test_what_is_written_beside_has_a_limit(study: Study, sitting: NamedSitting) -> None:
    """101 characters of 100 are not kept, and not lost; 100 are kept."""
    async with running(lambda: at(sitting, "seen")) as pilot:
        await pilot.press("c")
        pilot.app.screen.query_one(Writing).text = "é" * 101
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, WritingDialog)
        assert shows(pilot, "101", "é" * 40)
        await pilot.press("delete", "enter")
        assert isinstance(pilot.app.screen, InterviewScreen)
    assert stored(study, "seen").comment == "é" * 100


# --- criteria, information, what is hidden -------------------------------------------------------


async def test_criteria_are_ticked_in_their_window(study: Study, sitting: NamedSitting) -> None:
    """By level; the page tells how many are met and which one is missing."""
    async with running(lambda: at(sitting, "sa_code")) as pilot:
        await pilot.press("k", "2", "space")
        assert isinstance(pilot.app.screen, CriteriaDialog)
        assert not stored(study, "sa_code").criteria
        await pilot.press("2", "enter")
        assert isinstance(pilot.app.screen, InterviewScreen)
        assert stored(study, "sa_code").criteria == ("known",)
        await pilot.press("2", "enter")
        assert sitting.interview.page.item.id == "sa_code"
        assert shows(pilot, "Le texte est écrit et approuvé")
        await pilot.press("k", "1", "escape", "enter")
        assert sitting.interview.page.item.id == "years"


async def test_information_is_acknowledged_by_enter(sitting: NamedSitting) -> None:
    """Nothing is stored of it."""
    async with running(lambda: at(sitting, "intro")) as pilot:
        await pilot.press("enter")
        assert sitting.interview.page.item.id == "seen"
    assert not sitting.interview.answers


async def test_pages_come_and_go_with_the_answers(sitting: NamedSitting) -> None:
    """Two ticks bring a page; the numbers on the screen follow."""
    async with running(lambda: at(sitting, "what")) as pilot:
        total = len(sitting.interview.asked())
        assert shows(pilot, f"2 sur {total}")
        await pilot.press("1", "2")
        assert shows(pilot, f"2 sur {total + 1}")
        await pilot.press("enter")
        assert sitting.interview.page.item.id == "worst"
        await pilot.press("left", "1", "enter")
        assert sitting.interview.page.item.id == "measures"


async def test_the_overview_has_words_for_every_kind(sitting: NamedSitting, study: Study) -> None:
    """Only items that are shown are listed."""
    interview = sitting.interview
    interview.record("seen", "answered", "yes")
    interview.record("what", "answered", ("gifts",))
    interview.record("measures", "answered", ("talk", "code", "checks"))
    interview.record("climate_help", "answered", 4)
    interview.record("years", "answered", 7)
    interview.record("budget", "answered", 1234.5)
    interview.record("trained", "answered", "2020-03")
    async with running(lambda: at(sitting, "intro"), WIDE) as pilot:
        await pilot.press("f3")
        assert shows(pilot, "Cadeaux et avantages", "1 En parler en équipe, 2 Un", "D'accord")
        assert shows(pilot, "5 à 14", "1\u202f234,50\u00a0EUR", "03/2020")
        assert not shows(pilot, "Du plus grave")


@pytest.mark.parametrize(
    ("item", "glyph", "cursor"),
    [
        ("what", "[x] 1", " [x] 1 Consultation de bases de données"),
        ("measures", "[1] 1", " [1] 1 Un code"),
        ("climate_help", "(•)", "(•)"),
    ],
)
async def test_state_shows_without_colour(
    item: str, glyph: str, cursor: str, sitting: NamedSitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Glyphs tell what is chosen, reverse video where the cursor is."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(lambda: at(sitting, item), WIDE) as pilot:
        await pilot.press("1")
        assert shows(pilot, glyph)
        reversed_text = [
            "".join(one.text for one in strip if one.style is not None and one.style.reverse)
            for strip in pilot.app.screen._compositor.render_strips()
        ]
        assert [text.rstrip() for text in reversed_text if glyph in text] == [cursor]


@pytest.mark.parametrize("language", ["fr", "nl"])
async def test_no_page_has_to_be_scrolled(language: str, study: Study) -> None:
    """In the smallest window every kind of page is seen whole."""
    sitting = kinds_sitting(study, language)
    async with running(lambda: at(sitting, "intro"), language=language) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, InterviewScreen)
        for page in sitting.interview.pages:
            sitting.interview.go_to(page.item.id)
            screen.show_page()
            await pilot.pause()
            assert screen.query_one("#body").max_scroll_y == 0, page.item.id
