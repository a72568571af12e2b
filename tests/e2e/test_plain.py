"""Plain mode in the real program: through a pipe, in a dumb terminal, and to every end."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from e2e.answered import ANSWERED, answers, responses
from e2e.piped import Piped
from e2e.terminal import Terminal
from e2e.test_constructs import study
from e2e.test_zone import WAVE, zone
from imfsurvey.study.boxes import count_responses
from imfsurvey.study.folder import Study

__all__ = ["study", "zone"]


def entity(person: Piped) -> None:
    """A choice with words of one's own, a group, numbers, bands, dates, a warning."""
    assert "jamais sur une personne {sauf vous}" in person.heard.replace("\n", " ")
    assert "1 sur 12" in person.type("")
    person.choose("Un autre service")
    assert "Votre catégorie de personnel" in person.type("Recherche locale")
    person.choose("CALog")
    assert "20 000" in person.type("30000")  # more than there may be: said, asked again
    assert "4 sur 18" in person.type("150")  # six more items from two people on
    assert "Vraiment tout le monde ?" in person.type("100")  # a second Enter accepts it
    person.type("")
    assert "de 5 à 14 ans" in person.type("7")
    assert "7 sur 19" in person.type("3/2020")
    assert "Le code est de 03/2020 : la révision ne peut venir avant." in person.type("1/1/2019")
    person.type("1/6/2023")
    assert "un nom" in person.type("La cheffe Jeanne Dupont")
    assert "Avez-vous vu une atteinte" in person.type("")


def experience(person: Piped) -> None:
    """Yes or no, several choices, a ranking of what was ticked, a piped text."""
    heard = person.choose("Oui")
    assert "Dans votre service (Recherche locale), de quoi" in heard
    assert "Procès-verbal incomplet" not in heard  # only asked of two services
    listed = person.heard
    alone = person.choose("Rien de tout cela", "Cadeaux")
    assert "Rien de tout cela" not in alone  # what stands alone is unticked
    person.heard = listed
    assert "Classez ce que vous avez vu" in person.choose("Cadeaux", "banques de données")
    assert "Qu'est-ce qui s'est produit" in person.choose("Cadeaux", "banques de données")
    assert "Quelles mesures sont les plus urgentes" in person.type("d")
    assert "« Oui »" in person.choose("Contrôler la consultation", "Former les dirigeants")
    assert "Qui a une tâche en matière" in person.type("Une fois", "")


def people(person: Piped) -> None:
    """A list of entries with conditions inside, and what depends on it."""
    assert "La fonction" in person.type("a")
    assert "Les tâches de : Conseiller" in person.type("Conseiller")
    person.choose("Écouter")
    assert "En quelle année" in person.choose("Oui")
    person.type("2020")
    assert "Comme enquêteur" not in person.type("7,5")
    assert "1  Conseiller\n" in person.choose("Écrit")
    assert "Qui coordonne" in person.type("")
    heard = person.choose("Conseiller")
    assert "Vous avez nommé 1 élément, pour 7,5 heures par semaine." in heard
    assert "Les énoncés qui suivent" in person.type("")
    person.type("")


def climate(person: Piped) -> None:
    """Statements in an order drawn by chance, a matrix row by row; its scale is said once."""
    for _ in range(6):
        person.type("2" if "exemple" in person.heard else "5")
    assert "Que faudrait-il améliorer" in person.heard  # the computed value says so
    person.type("Le suivi")


def levels(person: Piped) -> None:
    """A rating that its criteria and evidence must bear."""
    assert "Le niveau 1" in person.choose("Défini")
    assert "Critères remplis : 0 sur 3" in person.type("k")
    assert "400" not in person.type("1 2")  # evidence is asked for
    assert "Les règles internes sont claires" in person.type("PV du 12 mars")
    person.choose("Non structuré")


def test_plain_mode_stores_what_the_screens_store(study: Path) -> None:
    """Every construct, answered in lines through a pipe: the same response, field by field."""
    person = Piped("answer", WAVE, "constructs", "--plain", cwd=study)
    for part in (entity, experience, people, climate, levels):
        part(person)
    person.type("f")
    assert person.end() == 0
    (response,) = responses(study, WAVE)
    assert response["finished"] is True
    assert answers(response) == ANSWERED
    assert b"\x1b" not in person.raw and b"\r" not in person.raw
    assert all(len(line) <= 80 for line in person.text.splitlines())


def test_wrong_input_is_said_and_asked_again(zone: Path) -> None:
    """A number out of range, a word, a command of another page: the page stays, nothing is kept."""
    person = Piped("answer", WAVE, "processes", "--plain", cwd=zone)
    assert "1 sur 8" in person.heard
    for wrong in ("9", "oui", "/x y", "c 3", "\x1b[A", "'", "//"):
        heard = person.type(wrong)
        assert "0-5" in heard and "2 sur 8" not in heard
        assert wrong not in heard
    assert "2 sur 8" in person.type("2")
    person.type("q")
    assert person.end() == 0
    (response,) = responses(zone, WAVE)
    assert response["answers"] == {
        "sa_planning_cycle_anchoring": {"status": "answered", "value": 2}
    }


@pytest.mark.parametrize(
    ("number", "code"), [(None, 3), (signal.SIGINT, 130), (signal.SIGTERM, 143)]
)
def test_every_end_keeps_a_named_draft(
    zone: Path, number: signal.Signals | None, code: int
) -> None:
    """End of input, Ctrl+C and a signal: no traceback, and the next time goes on from there."""
    person = Piped("answer", WAVE, "processes", "--plain", cwd=zone)
    person.type("2")
    if number is not None:
        person.signal(number)
    assert person.end() == code
    assert "Traceback" not in person.text and "2 sur 8" in person.text
    (response,) = responses(zone, WAVE)
    assert response["answers"] == {
        "sa_planning_cycle_anchoring": {"status": "answered", "value": 2}
    }
    assert response["at"] == "sa_pdca_cycle"


def test_a_program_without_any_input_leaves_at_once(zone: Path) -> None:
    """As a service may start it: code 3 and words."""
    line = f'exec "{sys.executable}" -m imfsurvey answer {WAVE} processes --plain <&-'
    done = subprocess.run(
        ["sh", "-c", line], cwd=zone, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 3, done.stderr
    assert "1 sur 8" in done.stdout and done.stderr == ""


def stored(folder: Path) -> int:
    """How many anonymous responses lie in the box of the survey."""
    wave = Study(folder).wave(WAVE)
    return count_responses(wave, wave.questionnaire("perception"))


def test_an_anonymous_respondent_answers_and_hands_over(zone: Path) -> None:
    """The promise and its limit come first; one response is stored; then the program ends."""
    person = Piped("answer", WAVE, "perception", "--plain", cwd=zone)
    assert "Nederlands" in person.heard
    heard = person.type("2").replace("\n", " ")
    assert "geen naam, geen tijdstip" in heard and "venster" in heard
    while "verzenden (" not in person.heard:
        asked = "1-" in person.heard.splitlines()[-1]
        person.type("1" if asked else "")
    person.type("f")
    assert person.end() == 0
    assert stored(zone) == 1
    assert "Traceback" not in person.text and b"\x0c" not in person.raw
    thanks, _, last = person.text.partition("\n" * 24)  # what was answered is out of sight
    assert thanks.rstrip().endswith("Uw antwoorden zijn opgeslagen.") and "venster" in last


def test_an_anonymous_respondent_who_leaves_stores_nothing(zone: Path) -> None:
    """Asked before leaving; at the end of the input it is told afterwards."""
    person = Piped("answer", WAVE, "perception", "--plain", cwd=zone)
    person.type("1")
    person.type("")
    asked = person.type("q")
    assert "pas enregistrées : rien n’en sera conservé." in " ".join(asked.split())
    person.type("non")
    assert person.end() == 3
    assert "Rien de vos réponses n’est enregistré." in " ".join(person.text.split())
    assert stored(zone) == 0


def test_in_a_dumb_terminal_nothing_is_written_twice(zone: Path) -> None:
    """The terminal echoes what is typed, the program does not; no escape sequence, any width."""
    terminal = Terminal(
        "answer", WAVE, "processes", "--plain", cwd=zone, size=(40, 24), TERM="dumb"
    )
    terminal.wait_for("l’aide) :")
    terminal.press("zzz\r")
    terminal.wait_for(  # the choices in short: only after an error
        "5  Amélioré en continu\nd  Ne sait pas\nn  Sans objet\nVotre réponse (0-5, d, n, ? pour\n"
        "l’aide) :"
    )
    terminal.press("3\r")
    terminal.wait_for("(/? pour l’aide) :")
    terminal.press("PV du 12 mars\r")
    terminal.wait_gone("PV du 12 mars")
    terminal.wait_for("l’aide) :")
    terminal.press("\x04")
    assert terminal.end() == 3
    printed = terminal.raw.decode()
    assert printed.count("zzz") == 1 and printed.count("PV du 12 mars") == 1
    assert "\x1b" not in printed
    lines = printed.splitlines()
    assert [line for line in lines if len(line) > 40] == []
    assert responses(zone, WAVE)[0]["at"] == "sa_pdca_cycle"


def test_without_a_terminal_the_way_in_lines_is_named(zone: Path) -> None:
    """Screens that are not possible are refused with the option that is."""
    person = Piped("answer", WAVE, "processes", cwd=zone)
    assert person.end() == 3
    assert "IMF-F101" in person.text and "--plain" in person.text


def test_ctrl_c_and_a_lost_terminal_end_it(zone: Path) -> None:
    """Ctrl+C says what is kept; a terminal that is closed ends the program; no traceback."""
    terminal = Terminal("answer", WAVE, "processes", "--plain", cwd=zone)
    terminal.wait_for("n, ? pour l’aide) :")
    terminal.press("2\r")
    terminal.wait_for("2 sur 8")
    terminal.wait_asked("? pour l’aide) :")
    terminal.press("\x03")
    assert terminal.end() == 130
    assert "conservées" in terminal.text and "Traceback" not in terminal.text
    terminal = Terminal("answer", WAVE, "processes", "--plain", cwd=zone)
    terminal.wait_for("n, ? pour l’aide) :")
    terminal.hang_up()
    assert terminal.end() == 129
    assert responses(zone, WAVE)[0]["at"] == "sa_pdca_cycle"
