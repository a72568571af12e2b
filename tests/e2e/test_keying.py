"""Two sheets of paper are typed in, twice each, and one mistake of the typist is found."""

from __future__ import annotations

from pathlib import Path

from keyholders import records_in
from zone import OPENED, QUESTIONNAIRES, make_zone

from e2e.terminal import ENTER, ESC, Terminal
from imfsurvey.interview import Answer
from imfsurvey.study.boxes import answers_box
from imfsurvey.study.life import open_wave

PHRASE = "agrafe correcte du cheval"
BACKSPACE = "\x7f"


def typing(folder: Path, *options: str) -> Terminal:
    """The program in English, which asks for the passphrase."""
    return Terminal("key-in", "2026-zero", *options, cwd=folder, LANG="en_GB.UTF-8")


def test_two_sheets_typed_twice_are_stored_as_they_stand_on_paper(tmp_path: Path) -> None:
    """One person types ahead and corrects a slip; another one finds the third code wrong."""
    study = make_zone(tmp_path / "zone")
    draft = study.new_wave("zero", 2026, questionnaires=QUESTIONNAIRES)
    wave = open_wave(study, draft, OPENED)
    survey = wave.questionnaire("survey")
    mark = survey.form_hash[:8]

    first = typing(study.folder)
    first.wait_for("Type it, or one of your own")
    first.press(PHRASE, ENTER)
    first.wait_for("Once more")
    first.press(PHRASE, ENTER)
    first.wait_for("Which sheets")
    first.press("ffff ffff", ENTER)
    first.wait_for("do not belong to this survey")
    first.press(mark, ENTER)
    first.wait_for("Number of the next sheet (first typing)")
    first.press("41", ENTER, "7", ENTER)
    first.wait_for("'7' is no code of this question; it has: 1, 2, R.")
    first.press("1", ENTER, "5", ENTER, BACKSPACE, "4", ENTER, "2", ENTER)
    first.wait_for("Sheets typed: 1")
    first.press("42", ENTER, "2", ENTER, "5", ENTER, "1", ENTER)
    first.wait_for("Sheets typed: 2, compared: 0, stored: 0.")
    first.press("42", ENTER)
    first.wait_for("Sheet 42 was typed already")
    first.press(ESC)
    assert first.end() == 0
    assert records_in(answers_box(wave, survey)) == []
    assert PHRASE.encode() not in first.raw  # it was never shown

    second = typing(study.folder, "--second")
    second.wait_for("Passphrase of the sheets")
    second.press(PHRASE, ENTER)
    second.wait_for("Which sheets")
    second.press(mark, ENTER)
    second.wait_for("These sheets were typed once: 41, 42")
    second.press("41", ENTER, "1", ENTER, "4", ENTER, "2", ENTER)
    second.wait_for("Sheets typed: 2, compared: 1, stored: 1.")
    second.press("42", ENTER, "2", ENTER, "5", ENTER, "d", ENTER)
    second.wait_for("Sheet 42: difference 1 of 1")
    second.wait_for("Dans mon service, on ferme les yeux.")
    shown = [line.split() for line in second.text.splitlines()]
    assert [*["First", "typing", "Second", "typing"]] in shown
    assert [*["1", "Pas", "du", "tout", "d'accord", "D", "Ne", "sait", "pas"]] in shown
    second.press("3", ENTER)
    second.wait_for("Sheets typed: 2, compared: 2, stored: 2.")
    second.press(ESC)
    assert second.end() == 0

    codec = wave.codec(survey)
    on_paper = (("ops", 4, 2), ("08", 5, 3))
    assert sorted(records_in(answers_box(wave, survey))) == sorted(
        codec.encode(
            dict(
                zip(
                    ("category", "clear", "unclear"),
                    (Answer("answered", value) for value in values),
                    strict=True,
                )
            )
        )
        for values in on_paper
    )
