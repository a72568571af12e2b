"""One form with every construct of the language, answered in a real terminal of 80 x 24."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from keyholders import give_keys

from e2e.answered import ANSWERED, answers, responses
from e2e.onscreen import OnScreen
from e2e.terminal import ENTER, ESC, RIGHT, Terminal
from e2e.test_zone import run

SAMPLES = Path(__file__).parent.parent / "samples"
WAVE = "2026-zero"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A study whose open wave asks the form, on a framework of its own."""
    folder = tmp_path / "zone"
    identity = ("--entity", "Zone 5399", "--mandatary", "A. Dubois", "--officer", "J. Peeters")
    groups = ("--group", "ops=Opérationnel|Operationeel:40", "--group", "calog=CALog:12")
    run("new", str(folder), *identity, *groups, cwd=tmp_path)
    give_keys(folder)
    own = folder / "questionnaires"
    own.mkdir(exist_ok=True)
    shutil.copy(SAMPLES / "imf.framework.yaml", own)
    shutil.copy(SAMPLES / "constructs.yaml", own)
    made = ("--kind", "zero", "--name", WAVE, "--questionnaire", "constructs.yaml")
    run("wave", "new", *made, cwd=folder)
    run("wave", "open", WAVE, cwd=folder)
    return folder


def person_at(folder: Path) -> OnScreen:
    """Somebody at the form."""
    return OnScreen(Terminal("answer", WAVE, "constructs", cwd=folder))


def entity(person: OnScreen) -> None:
    """A choice with words of one's own, a group, numbers, bands, dates, a warning."""
    person.see("jamais sur une personne {sauf vous}")  # two braces print one
    person.go_on("Dans quel service", "1 sur 12")
    person.choose("Un autre service")
    person.see("0 caractère sur 60")
    person.write("Recherche locale")
    person.go_on("(•) 4 Un autre service", "W Préciser")
    person.terminal.wait_gone("caractères sur 60")
    person.go_on("Votre catégorie de personnel")
    person.choose("CALog")
    person.go_on("Combien de personnes")
    person.write("30000")
    person.see("! ")  # more than there may be
    person.terminal.press(ENTER, *["\x7f"] * 5)  # Enter is refused before anything goes away
    person.write("150")
    person.go_on("Part du personnel formé", "4 sur 18")  # six more items from two people on
    person.write("100")
    person.go_on("Vraiment tout le monde ?")  # a warning, which a second Enter accepts
    person.go_on("Vos années de service")
    person.write("7")
    person.see("de 5 à 14 ans")
    person.go_on("Quand le code d'éthique")
    person.write("3/2020")
    person.go_on("Et revu pour la dernière fois", "7 sur 19")
    person.write("1/1/2019")
    person.go_on("Le code est de 03/2020 : la révision ne peut venir avant.")
    person.terminal.press(*["\x7f"] * 10)
    person.write("1/6/2023")
    person.go_on("À quelle fonction")
    person.write("La cheffe Jeanne Dupont")
    person.go_on("un nom")
    person.go_on("Avez-vous vu une atteinte")


def experience(person: OnScreen) -> None:
    """Yes or no, several choices, a ranking of what was ticked, a piped text."""
    person.choose("Oui")
    person.go_on("Dans votre service (Recherche locale), de quoi", "Choisissez-en de 1 à 3")
    person.unseen("Procès-verbal incomplet")  # only asked of two services
    person.choose("Rien de tout cela")
    person.see("cochés : 1")
    person.choose("Cadeaux", "banques de données")
    person.see("cochés : 2", "[ ] 5 Rien")  # what stands alone is unticked
    person.go_on("Classez ce que vous avez vu")
    person.choose("banques de données", "Cadeaux")
    person.press("k", "[1] 1 Cadeaux")  # up by one rank
    person.go_on("Qu'est-ce qui s'est produit en premier")
    person.choose("Ne sait pas")
    person.go_on("Quelles mesures sont les plus urgentes")
    person.choose("Contrôler la consultation", "Former les dirigeants")
    person.go_on("Vous avez répondu « Oui »")
    person.write("Une fois")
    person.go_on("Qui a une tâche en matière")


def people(person: OnScreen) -> None:
    """A list of entries with conditions inside, and what depends on it."""
    person.press("a", "La fonction")
    person.write("Conseiller")
    person.go_on("Les tâches de : Conseiller")
    person.choose("Écouter")
    person.go_on("A suivi une formation")
    person.choose("Oui")
    person.go_on("En quelle année", "4 sur 6")
    person.write("2020")
    person.go_on("Heures par semaine")
    person.write("7,5")
    person.go_on("Le mandat")
    person.unseen("Comme enquêteur")
    person.choose("Écrit")
    person.go_on("1 Conseiller")
    person.press(RIGHT, "Qui coordonne")
    person.choose("Conseiller")
    person.go_on("Vous avez nommé 1 élément, pour 7,5 heures par semaine.")
    person.go_on("Les énoncés qui suivent")


def climate(person: OnScreen) -> None:
    """Statements in an order drawn by chance, a matrix row by row; pinned ends."""
    person.terminal.press(ENTER)
    for _ in range(6):
        person.see("Pas du tout d'accord")
        picture = person.terminal.text
        agreed = "Pas d'accord" if "exemple" in picture else "Tout à fait d'accord"
        person.choose(agreed)
        person.next_page()
    person.see("Que faudrait-il améliorer")  # the computed value says so
    person.write("Le suivi")
    person.go_on("L'entité a un code d'éthique")


def levels(person: OnScreen) -> None:
    """A rating that its criteria and evidence must bear."""
    person.choose("Défini")
    person.go_on("! Le niveau 1")
    person.press("k", "Critères remplis : 0 sur 3")
    person.terminal.press("1", "2")
    person.see("Critères remplis : 2 sur 3")
    person.terminal.press(ENTER)
    person.terminal.wait_gone("Critères remplis : 2 sur 3")
    person.press(ENTER, "0 caractère sur 400")
    person.write("PV du 12 mars")
    person.go_on("Les règles internes sont claires")
    person.choose("Non structuré")
    person.go_on("rien ne manque")


def test_keys_of_several_pages_in_one_burst(study: Path) -> None:
    """Each of them works on the page that the keys before it have opened, and on no other."""
    person = person_at(study)
    person.see("jamais sur une personne {sauf vous}")
    person.press("\r" + "4Recherche locale\r\r" + "2\r", "Combien de personnes")
    refused = "30000\r" + "\x7f" * 5  # more than there may be
    revised = "1/1/2019\r" + "\x7f" * 10 + "1/6/2023\r"  # before the code was there
    warned = "La cheffe Jeanne Dupont\r\r"
    keys = refused + "150\r" + "100\r\r" + "7\r" + "3/2020\r" + revised + warned + "1\r"
    person.press(keys, "Dans votre service (Recherche locale), de quoi")
    person.press(ESC, "Autre rôle")
    person.terminal.press(ESC)
    assert person.terminal.end() == 0

    (response,) = responses(study, WAVE)
    pages = ("service", "group", "staff", "share_trained", "seniority", "code_adopted")
    pages += ("code_revised", "contact", "seen")
    assert response["answers"] == {item: ANSWERED[item] for item in pages}


def test_a_form_with_every_construct_is_answered(study: Path) -> None:
    """Every page is found, every condition is met, and what counts is on disk."""
    person = person_at(study)
    for part in (entity, experience, people, climate, levels):
        part(person)
    person.press("f", "terminé")
    person.terminal.press(ESC)
    assert person.terminal.end() == 0

    (response,) = responses(study, WAVE)
    assert response["finished"] is True
    assert answers(response) == ANSWERED
