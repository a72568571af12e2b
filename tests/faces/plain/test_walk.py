"""A conversation in lines: what is said, what is kept, what is asked again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from conversation import ANONYMOUS, CONSTRUCTS, FRAMEWORK, KINDS, Desk, desk, held
from stage import SAMPLES

from imfsurvey.i18n.errors import RefusedError, StorageError
from imfsurvey.interview.answers import Answer
from imfsurvey.questionnaire import questionnaire_from
from imfsurvey.source.document import parse


def said_at(item: str, *typed: str) -> str:
    """What is said when these lines are typed at a page."""
    return held(desk(KINDS, at=item), *typed)[1]


def answer_at(item: str, *typed: str) -> Answer:
    """What is kept of a page when these lines are typed there."""
    sitting = desk(KINDS, at=item)
    held(sitting, *typed)
    return sitting.interview.answer_to(item)


def test_a_page_in_lines() -> None:
    """Section, place, stem, choices, prompt: as a person hears them."""
    assert said_at("seen") == (
        "\nChoisir\n\n1 sur 12\n"
        "Avez-vous vu une atteinte à l'intégrité cette année ?\n"
        "1  Oui\n2  Non\nd  Ne sait pas\nr  Je préfère ne pas répondre\n"
        "Votre réponse (1-2, d, r, ? pour l’aide) : \n"
        "Vous avez quitté le questionnaire. Vos réponses sont conservées : la même\n"
        "commande reprend à cet endroit.\n"
    )


def test_the_current_answer_is_marked_by_a_word() -> None:
    """Going back shows what was chosen, and Enter leaves it."""
    said = said_at("seen", "2", "b", "")
    assert "2  Non (votre réponse)\n" in said
    assert said.count("De quoi s'agissait-il ?") == 2


@pytest.mark.parametrize(
    ("item", "typed", "answer"),
    [
        ("seen", ("d",), Answer("dk")),
        ("what", ("2, 1",), Answer("answered", ("db", "gifts"))),
        ("what", ("1 1",), Answer("answered", ("db",))),
        ("what", ("1 2 3 4", "2"), Answer("answered", ("gifts",))),
        ("what", ("1 6",), Answer("answered", ("none",))),
        ("what", ("1", "b", "x"), Answer()),
        ("measures", ("3 1 2",), Answer("answered", ("talk", "code", "training"))),
        ("measures", ("3 1", "1 2 3 4"), Answer("answered", ("talk", "code"))),
        ("source", ("3", "Ma voisine"), Answer("answered", "other", other="Ma voisine")),
        ("source", ("3", "//x", "b", "3", "/x", "2"), Answer("answered", "peer")),
        ("climate_help", ("4",), Answer("answered", 4)),
        ("sa_code", ("n", "Autre zone"), Answer("na", reason="Autre zone")),
        ("years", ("7",), Answer("answered", 5)),
        ("budget", ("1.234,50",), Answer("answered", 1234.5)),
        ("budget", ("13",), Answer("answered", 13.0)),
        ("trained", ("3/2020",), Answer("answered", "2020-03")),
        ("trained", ("n",), Answer("na")),
        ("remark", ("b", ""), Answer("answered", "b")),
        ("remark", ("/r",), Answer("refused")),
        ("remark", ("Un", ".", "deux", "", "q"), Answer("answered", "Un\n\ndeux")),
        ("remark", ("Un", "deux"), Answer("answered", "Un\ndeux")),  # the input ends in it
        ("remark", ("Un", "/b", "s"), Answer("answered", "Un")),  # a command ends it too
        ("remark", ("//b", ""), Answer("answered", "/b")),
        ("remark", ("/c", "Note", "?"), Answer(comment="Note")),
    ],
)
def test_what_is_typed_is_understood(item: str, typed: tuple[str, ...], answer: Answer) -> None:
    """Every kind of item takes its own way of writing, and keeps what the screens would keep."""
    assert answer_at(item, *typed) == answer


@pytest.mark.parametrize(
    ("item", "typed"),
    [
        ("seen", "3"),
        ("seen", "Oui"),
        ("seen", "n"),
        ("what", "1 9"),
        ("what", ","),
        ("measures", "1-3"),
        ("source", "0"),
        ("climate_speak", "e"),
        ("years", "99"),
        ("budget", "x y"),
        ("trained", "13/2020"),
        ("trained", "hier"),
        ("remark", "/z"),
        ("intro", "1"),
    ],
)
def test_what_is_no_answer_is_asked_again(item: str, typed: str) -> None:
    """Nothing is kept, and the prompt comes once more."""
    sitting = desk(KINDS, at=item)
    prompts = held(sitting)[1].count(") : \n")
    _, said = held(sitting, typed)
    assert sitting.interview.answers == {}
    assert sitting.interview.page.item.id == item
    assert said.count(") : \n") == prompts + 1


def test_a_warning_is_accepted_by_a_second_enter() -> None:
    """An answer out of the ordinary is said once; Enter keeps it, another answer replaces it."""
    said = said_at("budget", "200000", "")
    assert said.count("C'est beaucoup : vérifiez le montant.") == 1
    assert "Quand était la dernière formation ?" in said
    assert answer_at("budget", "200000", "5") == Answer("answered", 5.0)


def test_a_required_answer_can_be_left_for_later_only_in_words() -> None:
    """Enter does not pass it, s does; an optional one needs Enter twice."""
    assert "2 sur" not in said_at("seen", "", "", "")
    assert "2 sur" in said_at("seen", "s")
    assert "3 sur" not in said_at("what", "")
    assert "3 sur" in said_at("what", "", "")


@pytest.mark.parametrize(("item", "typed"), [("wish", ()), ("safe", ("c",)), ("trusted", ("5 1",))])
def test_a_caution_is_said_before_every_text(item: str, typed: tuple[str, ...]) -> None:
    """Of an anonymous survey, as on the screens: no names, no reporting channel, from how many on
    it is shown. What somebody writes in their own name needs none."""
    said = " ".join(held(desk(ANONYMOUS, at=item), *typed)[1].split())
    for words in ("Aucun nom", "pas un canal de signalement", "au moins 12 personnes"):
        assert words in said
    assert "canal" not in said_at("remark", "/c")


@pytest.mark.parametrize("kind", ["multi", "ranking"])
def test_a_list_that_is_still_empty_gives_no_example(kind: str) -> None:
    """Who is to choose from entries that are not there yet is told so, and asked for nothing."""
    text = (SAMPLES / "policy.yaml").read_text("utf-8")
    single = "id: first_goal\n        type: single"
    assert single in text
    form = questionnaire_from(
        parse(text.replace(single, single.replace("single", kind)), "policy.yaml"), FRAMEWORK
    )
    said = held(desk(form, at="first_goal"))[1]
    assert "remplissez d’abord cette liste" in said
    assert "Votre réponse (? pour l’aide)" in said and "par exemple" not in said


def test_a_number_of_the_overview_that_is_none() -> None:
    """Whatever was pasted there: it is asked again, and the next line counts."""
    said = said_at("seen", "o", "9" * 5000, "0", "13", "2")
    assert said.count("Tapez le numéro d’une question") == 3
    assert said.rstrip().count("2 sur 12") == 1


def test_a_scale_is_read_once() -> None:
    """The next statement on the same scale names its ends; help names all again."""
    said = said_at("climate_speak", "1", "?")
    second = said[said.index("ligne 2") :]
    assert "de 1 Pas du tout d'accord à 5 Tout à fait d'accord\n" in second
    assert second.count("3  Ni d'accord ni pas d'accord") == 1
    assert said.count("Dans mon équipe…") == 1


def test_criteria_and_evidence_are_asked_for() -> None:
    """A level that criteria do not bear is refused until they are ticked; 0 takes all away."""
    sitting = desk(KINDS, at="sa_code")
    held(sitting, "2", "k", "9", "1")
    assert sitting.interview.answer_to("sa_code") == Answer("answered", 2, criteria=("written",))
    held(sitting, "b", "k", "0")
    assert sitting.interview.answer_to("sa_code").criteria == ()


def test_the_language_changes_on_the_page() -> None:
    """l lists the languages; the page comes again in the other one, answers stay."""
    said = said_at("seen", "1", "l", "2")
    assert "1  Français (à présent)\n2  Nederlands\n" in said
    assert "Waarover ging het?" in said and "2 van" in said


def test_the_overview_jumps_and_finishes() -> None:
    """What is missing is listed; a number goes there; f finishes only when nothing is missing."""
    sitting = desk(KINDS, at="remark")
    said = held(sitting, "/f", "f", "1", "2", "f", "", "d", "o")[1]
    first = "1  Avez-vous vu une atteinte à l'intégrité cette … – "
    assert said.count(f"{first}ouvert\n") == 2  # f with something missing lists it again
    assert said.count(f"{first}Non\n") == 1  # o lists everything
    assert "Rien ne manque." in said and not sitting.finished
    code, said = held(sitting, "f", "f")
    assert (code, sitting.finished) == (0, True)
    assert "Terminé" in said


def test_entries_are_added_moved_and_taken_out() -> None:
    """A list by numbers; an entry in which nothing was said leaves nothing."""
    sitting = desk(CONSTRUCTS, at="actors")
    said = held(sitting, "a", "Un", "b", "/b", "a", "Deux", "b", "/b", "k 2", "a", "/b")[1]
    names = [entry.answers["role"].value for entry in sitting.interview.answer_to("actors").entries]
    assert names == ["Deux", "Un"]
    assert "(il manque encore quelque chose)" in said
    held(sitting, "x 1", "non", "x 1", "oui")
    assert len(sitting.interview.answer_to("actors").entries) == 1
    held(sitting, "a", "/q")
    assert len(sitting.interview.answer_to("actors").entries) == 1


def test_the_overview_is_reached_from_inside_an_entry() -> None:
    """It is that of the whole questionnaire."""
    said = held(desk(CONSTRUCTS, at="actors"), "a", "Un", "o")[1]
    assert "Dans quel service" in said[said.index("Les tâches de") :]


@dataclass
class FullDisk(Desk):
    """Keeps nothing."""

    def keep(self) -> None:
        """The disk is full."""
        raise StorageError("IMF-S101", "The disk is full.")

    def finish(self) -> None:
        """The disk is full."""
        self.keep()


class ClosedWave(Desk):
    """Takes nothing any more."""

    def finish(self) -> None:
        """It is too late."""
        raise RefusedError("IMF-T104", "The wave is closed.")


@pytest.mark.parametrize(("kind", "again"), [(FullDisk, True), (ClosedWave, False)])
def test_trying_again_is_proposed_where_it_may_help(kind: type[Desk], again: bool) -> None:
    """A disk may have room later; what was refused is refused again."""
    sitting = kind(desk(KINDS, at="seen").interview)
    for item in ("seen", "remark", "years", "sa_code"):
        sitting.interview.record(item, "refused" if item != "sa_code" else "dk")
    said = held(sitting, "o", "f")[1]
    assert ("IMF-T104" if kind is ClosedWave else "IMF-S101") in said
    assert ("Rien n’est perdu" in said) == again


def test_an_answer_is_kept_before_anything_more_is_asked() -> None:
    """A level that needs more is on the disk (or it is said that it is not) before the program says
    what it needs: whoever goes away then loses nothing."""
    said = held(FullDisk(desk(KINDS, at="sa_code").interview), "3")[1]
    assert said.index("IMF-S101") < said.index("demande ceci")


def test_what_stands_alone_unticks_the_others_in_words() -> None:
    """And the page stays, with what is ticked now."""
    said = " ".join(said_at("what", "1 6").split())
    assert "La réponse qui reste seule décoche les autres." in said


def test_a_disk_that_fails_is_told_and_nothing_is_promised() -> None:
    """The conversation goes on; the farewell does not say that answers are kept."""
    sitting = FullDisk(desk(KINDS, at="seen").interview)
    code, said = held(sitting, "1", "q")
    assert code == 0
    assert said.count("IMF-S101") >= 2
    assert "conservées" not in said
    kept: Mapping[str, Answer] = sitting.interview.answers
    assert kept == {"seen": Answer("answered", "yes")}


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        (("q", "oui"), 0, "Rien"),
        (("q", "peut-être", "non"), 3, "Rien"),
        (("q", ""), 3, "Rien"),
        ((), 3, "Rien"),
    ],
)
def test_an_anonymous_respondent_is_asked_before_leaving(
    typed: tuple[str, ...], code: int, words: str
) -> None:
    """Only a yes leaves; whatever the end, it is said that nothing is stored."""
    sitting = Desk(desk(KINDS).interview, resumable=False)
    found, said = held(sitting, *typed)
    assert found == code
    assert words in said
    assert not sitting.finished


def test_nothing_is_put_aside_where_it_cannot_be() -> None:
    """The word is not offered, and typed all the same it is no command."""
    sitting = Desk(desk(KINDS).interview, resumable=False)
    said = held(sitting, "?", "p")[1]
    assert "mettre vos réponses de côté" not in said
    assert "Ceci ne peut pas être tapé ici" in " ".join(said.split())


def test_a_lone_letter_does_not_replace_a_text_at_once() -> None:
    """Who forgets the slash is told; the letter typed again is meant."""
    sitting = desk(KINDS, at="remark")
    held(sitting, "Un texte", "")
    said = held(sitting, "b")[1]
    assert "Ici, les commandes commencent par / : /b." in said.replace("\n", " ")
    assert sitting.interview.answer_to("remark").value == "Un texte"
    held(sitting, "b", "q", "q", "")
    assert sitting.interview.answer_to("remark").value == "q"


HOSTILE = (
    "\x1b[2J",
    "\x1b]0;titre\x07",
    "a\rb",
    "\u202egauche",
    "[@click=app.quit]go[/]",
    "%s {x}",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_shown_as_written(text: str) -> None:
    """Texts of a questionnaire and of the person reach the terminal as words only."""
    sitting = desk(KINDS, at="source")
    sitting.interview.record("source", "answered", "other")
    sitting.interview.note("source", "other", text)
    sitting.interview.record("remark", "answered", text)
    said = held(sitting, "?", "o", "12", "?")[1]
    assert said.replace("\n", "").isprintable()
    if text.isprintable():
        assert said.count(text) >= 2
