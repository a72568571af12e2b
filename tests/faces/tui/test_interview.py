"""The interview on the screen."""

import gc
import json
import weakref
from pathlib import Path

import pytest
from keyholders import records_in
from kiosk import make_kiosk
from records import decode
from stage import TODAY, picture, running, until
from textual.strip import Strip
from tinydb import TinyDB

from imfsurvey.faces.named_sitting import NamedSitting
from imfsurvey.faces.tui.dialogs import Question
from imfsurvey.faces.tui.interview import InterviewScreen
from imfsurvey.faces.tui.respondents import HandOverScreen
from imfsurvey.faces.tui.review import ReviewScreen
from imfsurvey.faces.tui.wave import WaveScreen
from imfsurvey.faces.turns import SurveyTurns
from imfsurvey.i18n.errors import StorageError
from imfsurvey.study.assessment import Assessment
from imfsurvey.study.boxes import answers_box, response_store
from imfsurvey.study.folder import Study
from imfsurvey.study.life import open_wave
from imfsurvey.study.wave import Wave


def sitting(wave: Wave) -> NamedSitting:
    """The mandatary at the self-assessment."""
    return NamedSitting(wave, wave.questionnaire("assessment"), "mandatary", "fr")


async def test_nothing_is_preselected_and_enter_alone_answers_nothing(wave: Wave) -> None:
    """A required item without an answer stays on screen and says what it needs."""
    async with running(lambda: InterviewScreen(sitting(wave))) as pilot:
        assert not any("(•)" in line for line in picture(pilot))
        await pilot.press("enter")
        shown = picture(pilot)
        assert not any("(•)" in line for line in shown)
        assert any("1 sur 4" in line for line in shown)
        assert any(line.strip().startswith("! ") for line in shown)


async def test_digits_choose_and_enter_goes_on(wave: Wave) -> None:
    """A digit marks its level with a glyph; Enter shows the next item."""
    async with running(lambda: InterviewScreen(sitting(wave))) as pilot:
        await pilot.press("2")
        assert any("(•) 2" in line for line in picture(pilot))
        await pilot.press("enter")
        assert any("2 sur 4" in line for line in picture(pilot))
    draft = Assessment(wave).draft(wave.questionnaire("assessment"), "mandatary")
    assert draft is not None
    assert draft.answers["sa_code"].value == 2
    assert draft.at == "sa_rules"


async def test_a_new_page_is_laid_out_once(wave: Wave) -> None:
    """Each further layout is a further picture: at a slow line, letters that jump."""
    layouts: list[object] = []
    async with running(lambda: InterviewScreen(sitting(wave))) as pilot:
        pilot.app.screen.screen_layout_refresh_signal.subscribe(pilot.app.screen, layouts.append)
        await pilot.press("2")
        await pilot.pause(0.1)
        before = picture(pilot)
        layouts.clear()
        await pilot.press("enter")
        await pilot.pause(0.1)
        assert picture(pilot) != before
        assert len(layouts) == 1


async def test_arrows_move_and_enter_takes_the_option_under_the_cursor(wave: Wave) -> None:
    """Down, down puts the cursor on the second option; Enter chooses it and goes on."""
    async with running(lambda: InterviewScreen(sitting(wave))) as pilot:
        await pilot.press("down", "down", "enter")
        assert any("2 sur 4" in line for line in picture(pilot))
    draft = Assessment(wave).draft(wave.questionnaire("assessment"), "mandatary")
    assert draft is not None and draft.answers["sa_code"].value == 1


async def test_level_three_asks_for_evidence_before_going_on(wave: Wave) -> None:
    """From level 3 Enter opens the evidence window; cancelled, the item stays open."""
    async with running(lambda: InterviewScreen(sitting(wave))) as pilot:
        await pilot.press("3", "enter")
        assert any("Preuve" in line for line in picture(pilot)[4:12])
        await pilot.press("escape")
        assert any("1 sur 4" in line for line in picture(pilot))
        await pilot.press("enter", *"PV 12", "enter")
        assert any("2 sur 4" in line for line in picture(pilot))
    draft = Assessment(wave).draft(wave.questionnaire("assessment"), "mandatary")
    assert draft is not None and draft.answers["sa_code"].evidence == "PV 12"


async def test_not_applicable_needs_a_reason(wave: Wave) -> None:
    """N asks why; an empty reason does not settle it."""
    async with running(lambda: InterviewScreen(sitting(wave))) as pilot:
        await pilot.press("n", "enter", "enter")
        assert any("1 sur 4" in line for line in picture(pilot))
        await pilot.press("enter", *"zone", "enter")
        assert any("2 sur 4" in line for line in picture(pilot))


async def test_typed_text_is_not_dropped_by_one_escape(wave: Wave) -> None:
    """The first Escape warns, anew when more was typed after it; the second drops."""
    async with running(lambda: InterviewScreen(sitting(wave))) as pilot:
        await pilot.press("c", *"abc", "escape")
        assert any("abc" in line for line in picture(pilot))
        await pilot.press("d", "escape")
        assert any("abcd" in line for line in picture(pilot))
        await pilot.press("escape")
        assert not any("abc" in line for line in picture(pilot))


async def test_language_can_change_at_any_moment(wave: Wave) -> None:
    """The page turns to Dutch, with the answer that was chosen in French."""
    async with running(lambda: InterviewScreen(sitting(wave))) as pilot:
        await pilot.press("1", "f2", "2")
        await pilot.pause()
        shown = picture(pilot)
        assert any("(•) 1 Ongestructureerd" in line for line in shown)
        assert any("Verder" in line for line in shown)


async def test_going_back_changes_nothing(wave: Wave) -> None:
    """An answer is there again when its page comes back; backspace takes it away."""
    async with running(lambda: InterviewScreen(sitting(wave))) as pilot:
        await pilot.press("0", "enter", "left")
        assert any("(•) 0" in line for line in picture(pilot))
        await pilot.press("backspace")
        assert not any("(•)" in line for line in picture(pilot))


async def test_a_mouse_click_chooses(wave: Wave) -> None:
    """Clicking a line of an option chooses it."""
    async with running(lambda: InterviewScreen(sitting(wave))) as pilot:
        row = next(y for y, line in enumerate(picture(pilot)) if "( ) 2" in line)
        await pilot.click(offset=(12, row))
        assert any("(•) 2" in line for line in picture(pilot))


async def test_review_lists_every_item_and_jumps(wave: Wave) -> None:
    """F3 lists the items with their status; Enter goes to the one under the cursor."""
    async with running(lambda: InterviewScreen(sitting(wave))) as pilot:
        await pilot.press("1", "f3")
        shown = picture(pilot)
        assert sum("✓ " in line for line in shown) == 1
        assert sum("· " in line and "  " in line for line in shown) >= 3
        await pilot.press("end", "f", "enter")  # not finished: to the first that is open
        assert isinstance(pilot.app.screen, InterviewScreen)
        assert any("2 sur 4" in line for line in picture(pilot))
        await pilot.press("f3", "down", "down", "enter")
        assert isinstance(pilot.app.screen, InterviewScreen)
        assert any("4 sur 4" in line for line in picture(pilot))


async def test_what_is_open_is_said_above_a_list_of_any_length(study: Study) -> None:
    """The cursor on its last item, then on its first; both are seen, and so is the count."""
    wave = open_wave(study, study.new_wave("zero", 2026, questionnaires=["constructs.yaml"]), TODAY)
    named = NamedSitting(wave, wave.questionnaire("constructs"), "mandatary", "fr")
    named.interview.record("staff", "answered", 150)
    named.interview.record("seen", "answered", "yes")
    last = named.interview.asked()[-1]
    named.interview.go_to(last.id)
    async with running(lambda: InterviewScreen(named)) as pilot:
        await pilot.press("f3")
        for keys, seen in (
            ([], "20 Code"),
            (["home"], " 1 Dans quel service"),
            (["end"], "20 Code"),
        ):
            await pilot.press(*keys)
            await pilot.pause()
            shown = "\n".join(picture(pilot))
            assert "2 sur 20 – 9 items vous attendent encore" in shown
            assert seen in shown


async def test_a_draft_resumes_at_the_item_that_was_left(study: Study, wave: Wave) -> None:
    """Leaving keeps answers and place; coming back shows that item."""
    questionnaire = wave.questionnaire("assessment")
    async with running(lambda: WaveScreen(study, wave, "mandatary", questionnaire)) as pilot:
        await pilot.press("1", "enter", "1", "enter", "escape")
        assert isinstance(pilot.app.screen, WaveScreen)
    async with running(lambda: WaveScreen(study, wave, "mandatary", questionnaire)) as pilot:
        assert any("3 sur 4" in line for line in picture(pilot))


async def test_a_survey_stores_only_the_answers(wave: Wave) -> None:
    """After sending there is one record: the form, the answers, nothing else."""
    questionnaire = wave.questionnaire("survey")
    async with running(lambda: HandOverScreen(SurveyTurns(wave, questionnaire))) as pilot:
        await pilot.press("enter", "2", "enter", "2", "enter", "5", "enter", "d", "enter", "f")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HandOverScreen)
    (record,) = records_in(answers_box(wave, questionnaire))
    assert set(json.loads(record)) == {"form", "answers"}
    assert decode(record, questionnaire, wave.groups) == {
        "category": "calog",
        "clear": 5,
        "unclear": "~dk",
    }
    (segment,) = (wave.folder / "boxes" / "survey" / "answers").glob("seg-*.json")
    with TinyDB(segment) as stock:
        fields = {key for doc in stock.table("responses").all() for key in doc}
    assert fields == {"_", "_c", "p"}


async def test_the_next_respondent_sees_nothing_of_the_one_before(wave: Wave) -> None:
    """Between two people the picture is the same as before the first, but for the thanks."""
    questionnaire = wave.questionnaire("survey")
    async with running(lambda: HandOverScreen(SurveyTurns(wave, questionnaire))) as pilot:
        await pilot.press("enter", "2", "enter", "2", "enter", "5", "enter", "d", "enter", "f")
        await pilot.pause()
        between = "\n".join(picture(pilot))
        assert "Merci" in between
        assert "CALog" not in between and "Helemaal eens" not in between
        await pilot.press("enter", "2", "enter")
        assert not any("(•)" in line for line in picture(pilot))
        assert "░" * 20 in "\n".join(picture(pilot))


async def test_answers_do_not_wait_in_memory_for_the_next_person(wave: Wave) -> None:
    """Soon after sending nothing holds them any more, whenever Python looks for garbage."""
    questionnaire = wave.questionnaire("survey")
    gc.disable()
    try:
        async with running(lambda: HandOverScreen(SurveyTurns(wave, questionnaire))) as pilot:
            await pilot.press("enter", "2", "enter", "2")
            assert isinstance(pilot.app.screen, InterviewScreen)
            answers = weakref.ref(pilot.app.screen.interview)
            await pilot.press("enter", "5", "enter", "d", "enter", "f")
            await until(pilot, lambda: answers() is None)
    finally:
        gc.enable()


def chosen_in_pictures() -> list[str]:
    """The lines with a chosen answer that memory holds, drawn now or long ago."""
    strips = (one for one in gc.get_objects() if type(one) is Strip)
    return [strip.text for strip in strips if "(•)" in strip.text]


def written_in_memory(*marks: str) -> list[str]:
    """What holds a text with one of these marks: the types of it."""
    found = []
    for one in gc.get_objects():
        if type(one) in (list, tuple, dict, set):
            held = [*one, *one.values()] if isinstance(one, dict) else list(one)
            texts = [text for text in held if type(text) is str]
            if one is not marks and any(mark in text for text in texts for mark in marks):
                found.append(type(one).__name__)
    return found


@pytest.mark.parametrize("ends", [("f",), ("escape", "enter")])
async def test_no_text_of_the_one_before_is_kept(tmp_path: Path, ends: tuple[str, ...]) -> None:
    """Nor what was written on a page or in a window, sent or not: a text area that watched the
    colours of the application would stay as long as these did not change."""
    wave = make_kiosk(tmp_path / "zone")
    turns = SurveyTurns(wave, wave.questionnaire("kiosk"))
    page, window = ("".join(reversed(mark)) for mark in ("xqz", "kvw"))  # no constants
    async with running(lambda: HandOverScreen(turns)) as pilot:
        await pilot.press("enter", "enter", *page, "enter", "1", "c", *window, "enter")
        assert isinstance(pilot.app.screen, InterviewScreen)
        assert pilot.app.screen.interview.answers["fair"].comment == window
        assert written_in_memory(page) and written_in_memory(window)
        await pilot.press(*(("enter",) if ends == ("f",) else ()), *ends)
        await until(pilot, lambda: isinstance(pilot.app.screen, HandOverScreen))
        await until(pilot, lambda: not written_in_memory(page, window))


async def test_no_picture_of_the_one_before_is_kept(wave: Wave) -> None:
    """Textual would remember widgets that were taken down, with what stood in them."""
    questionnaire = wave.questionnaire("survey")
    gc.collect()
    assert not chosen_in_pictures()
    async with running(lambda: HandOverScreen(SurveyTurns(wave, questionnaire))) as pilot:
        await pilot.press("enter", "2", "enter", "2")
        await pilot.pause()
        assert chosen_in_pictures()
        await pilot.press("escape", "enter")  # leave: the page goes as it stands there
        await until(pilot, lambda: not chosen_in_pictures())
        assert isinstance(pilot.app.screen, HandOverScreen)


async def test_leaving_a_survey_stores_nothing(wave: Wave) -> None:
    """Escape asks, Escape stays, Enter leaves without thanks, the box stays empty; the next person
    is spoken to in the first language again."""
    questionnaire = wave.questionnaire("survey")
    async with running(lambda: HandOverScreen(SurveyTurns(wave, questionnaire))) as pilot:
        await pilot.press("enter", "2", "enter", "2", "escape", "escape")
        assert any("(•) 2" in line for line in picture(pilot))
        await pilot.press("escape", "enter")
        assert isinstance(pilot.app.screen, HandOverScreen)
        await pilot.pause()
        shown = "\n".join(picture(pilot))
        assert "Prêt pour la personne suivante." in shown and "Merci" not in shown
    with response_store(answers_box(wave, questionnaire)) as store:
        assert store.count() == 0


async def test_ending_the_survey_on_a_computer_is_asked_about(wave: Wave) -> None:
    """Escape and Ctrl+C between two people: staying stays, only a second key ends it."""
    turns = SurveyTurns(wave, wave.questionnaire("survey"))
    async with running(lambda: HandOverScreen(turns)) as pilot:
        for key in ("escape", "ctrl+c"):
            await pilot.press(key)
            assert isinstance(pilot.app.screen, Question)
            await pilot.press("escape")
            assert isinstance(pilot.app.screen, HandOverScreen)
        await pilot.press("escape", "enter")
        await until(pilot, lambda: not pilot.app.is_running)
    assert pilot.app.return_value == 0


async def test_a_failing_disk_loses_nothing(wave: Wave, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the record cannot be stored the review page stays, and F tries again."""
    questionnaire = wave.questionnaire("survey")
    failures = [StorageError("IMF-S101", "The disk is full.")]

    async with running(lambda: HandOverScreen(SurveyTurns(wave, questionnaire))) as pilot:
        await pilot.press("enter", "1", "enter", "1", "enter", "5", "enter", "d", "enter")
        screen = pilot.app.screen
        assert isinstance(screen, ReviewScreen)
        real = screen.sitting.finish

        def finish() -> None:
            if failures:
                raise failures.pop()
            real()

        monkeypatch.setattr(screen.sitting, "finish", finish)
        await pilot.press("f")
        assert isinstance(pilot.app.screen, ReviewScreen)
        assert any("IMF-S101" in line for line in picture(pilot))
        await pilot.press("f")
        await pilot.pause()
    with response_store(answers_box(wave, questionnaire)) as store:
        assert store.count() == 1


async def test_a_closed_wave_takes_no_answers(study: Study, wave: Wave) -> None:
    """Opening a part of a closed wave says so and stays on the list."""
    wave.file = wave.file.model_copy(update={"status": "closed"})
    async with running(lambda: WaveScreen(study, wave, "mandatary")) as pilot:
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, WaveScreen)
        assert any("IMF-T101" in line for line in picture(pilot))


@pytest.mark.parametrize("size", [(60, 24), (80, 20)])
async def test_a_window_too_small_is_said_and_heals(wave: Wave, size: tuple[int, int]) -> None:
    """A small window shows one message; made larger, the page is back with its answer."""
    async with running(lambda: InterviewScreen(sitting(wave))) as pilot:
        await pilot.press("2")
        await pilot.resize_terminal(*size)
        await pilot.pause()
        assert any("80 x 24" in line for line in picture(pilot))
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert any("(•) 2" in line for line in picture(pilot))
