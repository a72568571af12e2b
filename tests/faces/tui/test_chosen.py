"""Questions with choices on the screen of results: as wide as the window, and no wider."""

from __future__ import annotations

import pytest
from measured import wave

from imfsurvey.analysis.chosen import ChoiceFigures, ChoiceShare
from imfsurvey.faces.tui.chosen import choice_lines
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.report.answerwords import AnswerWords
from imfsurvey.report.choicewords import ChoiceWords
from imfsurvey.report.words import Words

LONG = "Eine Vertrauensperson, die außerhalb der hierarchischen Linie jederzeit erreichbar ist"


SHOWN = tuple(ChoiceShare(code, None, 10, 1 / 3, 2.0) for code in ("a", "b", "c"))
HIDDEN = (ChoiceShare("a", "nearly_all"), SHOWN[1], ChoiceShare("c", "beside"))


def ranked(language: str, shares: tuple[ChoiceShare, ...]) -> ChoiceWords:
    """Three measures that were put into an order."""
    choices = [{"code": code, "text": {"fr": LONG, "nl": LONG}} for code in ("a", "b", "c")]
    text = {"fr": "Lesquelles ?", "nl": "Welke?"}
    item = {"id": "first", "type": "ranking", "text": text, "choices": choices}
    asked = Questionnaire.model_validate(
        {
            "imfsurvey": 1,
            "questionnaire": {
                "id": "office",
                "version": "1",
                "kind": "perception",
                "framework": "test.frame",
                "title": text,
                "languages": ["fr", "nl"],
                "default_language": "fr",
            },
            "privacy": {"mode": "anonymous"},
            "sections": [{"id": "only", "title": text, "items": [item]}],
        }
    )
    figures = ChoiceFigures("first", "ranking", 10, None, n=30, choices=shares)
    words = Words(language, wave("2026", "zero", None).framework)
    return ChoiceWords(figures, AnswerWords(asked, (), words))


@pytest.mark.parametrize("language", ["fr", "nl", "en", "de"])
@pytest.mark.parametrize("width", [75, 115])
def test_every_line_fits(language: str, width: int) -> None:
    """Also where figures are words and a label takes several lines."""
    lines = [line.plain for line in choice_lines([ranked(language, HIDDEN)], width)]
    assert max(map(len, lines)) <= width
    label = " ".join(" ".join(line.split("█")[-1] for line in lines).split())
    assert label.count("jederzeit") == 3


def test_heads_stand_word_below_word_above_narrow_columns() -> None:
    """A head that is longer than its figures takes no room from the labels."""
    lines = [line.plain for line in choice_lines([ranked("nl", SHOWN)], 75)]
    assert lines[4:7] == [
        "   Eerste  Gemiddelde",
        "   plaats        rang",
        "      33%         2,0  ███████               Eine Vertrauensperson, die",
    ]
