"""Free texts of an anonymous survey on the screen: the caution beside each, the warnings."""

from __future__ import annotations

import pytest
from marked import FRAMEWORK, SAMPLES
from stage import picture, running

from imfsurvey.faces.tui.interview import InterviewScreen
from imfsurvey.faces.tui.writing import WritingDialog
from imfsurvey.framework.load import framework_from
from imfsurvey.interview import Interview
from imfsurvey.interview.comments import Comment, comments_of
from imfsurvey.questionnaire import Choice, Questionnaire, questionnaire_from
from imfsurvey.source.document import parse
from imfsurvey.source.model import Text

IMF = framework_from(parse(FRAMEWORK))
SURVEY = questionnaire_from(parse((SAMPLES / "anonymous.yaml").read_text("utf-8")), IMF)
CAUTION = {
    "fr": ("canal de signalement", "12", "ont répondu"),
    "nl": ("meldkanaal", "12", "hebben geantwoord"),
}


class Unstored:
    """A respondent's sitting that stores nothing: what is said is looked at in the interview."""

    resumable = False
    aside = None
    last_time = None

    def __init__(self, at: str, language: str = "fr", asked: Questionnaire = SURVEY) -> None:
        groups = [Choice(code="ops", text=Text({"fr": "ops", "nl": "ops"}))]
        self.interview = Interview(asked, IMF, language, groups=groups, at=at)

    def keep(self) -> None:
        """Nothing."""

    def finish(self) -> None:
        """Nothing."""


def comments(sitting: Unstored) -> tuple[Comment, ...]:
    """What would be stored apart."""
    return comments_of(SURVEY, sitting.interview.response())


def inside(line: str) -> str:
    """What stands in a window of a line, without what it covers."""
    return line[line.index("│") + 1 : line.rindex("│")] if line.count("│") > 1 else line


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize(("item", "keys"), [("wish", ""), ("safe", "c"), ("trusted", "5")])
async def test_a_caution_stands_beside_every_text(item: str, keys: str, language: str) -> None:
    """On its page or in its window, in the user's language, without scrolling at 80 x 24."""
    sitting = Unstored(item, language)
    async with running(lambda: InterviewScreen(sitting), (80, 24), language) as pilot:
        before = " ".join(" ".join(picture(pilot)).split())
        assert ("canal" in before or "meldkanaal" in before) == (keys == "")
        await pilot.press(*keys)
        await pilot.pause()
        shown = " ".join(" ".join(map(inside, picture(pilot))).split())
        assert [words for words in CAUTION[language] if words not in shown] == []
        assert "0 " in shown and ("Enter" in shown)
        assert pilot.app.screen_stack[1].query_one("#body").max_scroll_y == 0


async def test_a_named_text_has_no_caution() -> None:
    """It is kept with its answers, in the rater's own name."""
    named = questionnaire_from(parse((SAMPLES / "policy.yaml").read_text("utf-8")), IMF)
    sitting = Unstored("wish")
    sitting.interview = Interview(named, IMF, "fr", at="vision")
    async with running(lambda: InterviewScreen(sitting), (80, 24)) as pilot:
        assert "canal de signalement" not in " ".join(picture(pilot))


async def test_a_name_is_warned_of_before_the_page_is_left() -> None:
    """Once; a second Enter keeps the text, and the overview lists the item as answered."""
    sitting = Unstored("wish")
    async with running(lambda: InterviewScreen(sitting), (80, 24)) as pilot:
        await pilot.press(*"Demandez a Madame Dupont", "enter")
        await pilot.pause()
        assert "Ceci semble contenir un nom" in "\n".join(picture(pilot))
        assert pilot.app.screen.query_one("#body").max_scroll_y == 0
        assert sitting.interview.page.item.id == "wish"
        await pilot.press("enter")
        await pilot.pause()
        overview = "\n".join(picture(pilot))
        assert "✓  11 " in overview and "Demandez a Madame Dupont" in overview
    assert [one.text for one in comments(sitting)] == ["Demandez a Madame Dupont"]


async def test_a_name_in_a_remark_is_warned_of_beside_silence_too() -> None:
    """The window closes, the page says what the remark seems to hold."""
    sitting = Unstored("safe")
    async with running(lambda: InterviewScreen(sitting), (80, 24)) as pilot:
        await pilot.press("c", *"voir robin@example.be", "enter")
        await pilot.pause()
        assert "adresse e-mail" in "\n".join(picture(pilot))
    assert comments(sitting) == (Comment("safe", "comment", "voir robin@example.be"),)


async def test_other_may_stay_without_words() -> None:
    """Whoever chooses it is asked once, and goes on without."""
    sitting = Unstored("trusted")
    async with running(lambda: InterviewScreen(sitting), (80, 24)) as pilot:
        await pilot.press("5", "escape", "1", "enter")
        await pilot.pause()
        assert sitting.interview.page.item.id == "wish"
    assert sitting.interview.answer_to("trusted").value == ("other", "chief")
    assert comments(sitting) == ()


async def test_other_under_the_cursor_is_asked_about_once() -> None:
    """Enter chooses it and asks for its words; a second Enter goes on without."""
    text = (SAMPLES / "anonymous.yaml").read_text("utf-8")
    single = "id: improve, type: single,"
    assert text.count(single) == 1
    text = text.replace(single, f"{single} other: {{max_length: 60}},")
    text = text.replace('show_if: "leading_score < 50"', 'show_if: "true"')
    sitting = Unstored("improve", asked=questionnaire_from(parse(text), IMF))
    async with running(lambda: InterviewScreen(sitting), (80, 24)) as pilot:
        await pilot.press("up", "enter")
        assert isinstance(pilot.app.screen, WritingDialog)
        await pilot.press("escape")
        assert sitting.interview.page.item.id == "improve"
        await pilot.press("enter")
        assert sitting.interview.page.item.id == "wish"
    assert sitting.interview.answer_to("improve").value == "other"
