"""The same answers, the same path: whoever answers in whatever way leaves the same behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from keyholders import records_in
from records import decode
from served import served
from stage import TODAY, make_study

from e2e.browser import Person, chromium, visitor
from e2e.piped import Piped
from e2e.respondents import ALL, Text
from e2e.terminal import ENTER, ESC, Terminal
from e2e.ways import Script, answer_in_browser, answer_in_lines, answer_on_screen
from imfsurvey.interview.comments import decode_comment
from imfsurvey.study.boxes import answers_box, comments_box
from imfsurvey.study.folder import Study
from imfsurvey.study.life import open_wave

WAVE = "2026-zero"
THANKS = "Merci. Vos réponses sont enregistrées"


def make_wave(folder: Path) -> Path:
    """A study whose open wave asks every construct that may be asked anonymously."""
    study = make_study(folder)
    open_wave(study, study.new_wave("zero", 2026, questionnaires=["anonymous.yaml"]), TODAY)
    return folder


def stored(folder: Path) -> tuple[list[dict[str, Any]], Counter[Text]]:
    """What a key holder finds: the answers in no order, and the texts apart from them."""
    wave = Study(folder).wave(WAVE)
    questionnaire = wave.questionnaire("anonymous")
    apart = comments_box(wave, questionnaire)
    assert apart is not None
    texts = [decode_comment(one, questionnaire) for one in records_in(apart)]
    records = records_in(answers_box(wave, questionnaire))
    return (
        sorted((decode(one, questionnaire, wave.groups) for one in records), key=str),
        Counter((one.item, one.field, one.text) for one in texts),
    )


def in_a_browser(folder: Path) -> None:
    """Each in a window of their own, without scripts; no request leaves this computer."""
    with served(WAVE, cwd=folder) as server, chromium() as browser:
        for respondent in ALL:
            with visitor(browser, locale=f"{respondent.language}-BE") as context:
                person = Person(context.new_page(), server.address)
                answer_in_browser(person, Script(respondent))
                person.send('form[action="/send"] button')
                assert person.heading in ("Merci", "Dank u")
                assert context.cookies() == []
                assert all(url.startswith(server.address) for url in person.asked)


def in_lines(folder: Path) -> None:
    """Each by a process of their own, spoken to through a pipe."""
    for respondent in ALL:
        person = Piped("answer", WAVE, "anonymous", "--plain", cwd=folder)
        answer_in_lines(person, Script(respondent))
        person.type("f")
        assert person.end() == 0, person.text


def on_the_screen(folder: Path) -> None:
    """One after the other in the same terminal, handed over between them."""
    terminal = Terminal("answer", WAVE, "anonymous", cwd=folder)
    terminal.wait_for("Prêt pour la personne suivante")
    for respondent in ALL:
        answer_on_screen(terminal, Script(respondent))
        terminal.press("f")
        terminal.wait_for(THANKS)
    terminal.press(ESC)
    terminal.wait_for("Terminer l’enquête")
    terminal.press(ENTER)
    assert terminal.end() == 0


WAYS = [pytest.param(in_a_browser, marks=pytest.mark.system), in_lines, on_the_screen]


@pytest.mark.parametrize("way", WAYS)
def test_everywhere_the_same_is_stored(way: Callable[[Path], None], tmp_path: Path) -> None:
    """Three people on three paths, one of whom goes back and hides a section: on each way what is
    stored of them is what was written down by hand, and nothing else."""
    folder = make_wave(tmp_path / "zone")
    way(folder)
    by_hand = sorted((dict(one.record) for one in ALL), key=str)
    texts = Counter(text for one in ALL for text in one.texts)
    assert stored(folder) == (by_hand, texts)
