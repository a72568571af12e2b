"""Scripted respondents of the anonymous sample, and what each of them leaves behind.

A respondent knows what they say on each page by the words that ask for it, whatever the face, and
whatever the order that chance gives pages and choices. What is stored is written by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Text = tuple[str, str, str]
"""Item, field and words, as a key holder finds them apart from the answers."""


@dataclass(frozen=True)
class Say:
    """What is said on one page; nothing at all leaves it open."""

    labels: tuple[str, ...] = ()
    """Choices; for a number the band that it lies in, which is what a browser asks for."""
    number: str = ""
    """Typed where numbers are typed."""
    text: str = ""
    comment: str = ""
    other: str = ""
    """The words behind the first of the labels."""


@dataclass(frozen=True)
class SecondThought:
    """Having answered one page, go back to another and answer it anew."""

    after: str
    to: str
    instead: Say


@dataclass(frozen=True)
class Respondent:
    """One person."""

    language: str
    says: Mapping[str, Say]
    record: Mapping[str, Any]
    texts: frozenset[Text] = frozenset()
    thinks_again: SecondThought | None = field(default=None)


def _chosen(pages: Mapping[str, str | tuple[str, ...]]) -> dict[str, Say]:
    return {
        heading: Say((labels,) if isinstance(labels, str) else labels)
        for heading, labels in pages.items()
    }


WISH = "Former les chefs,\nécouter l'équipe."
REMARK = "L'affiche à l'accueil."

# Saw something and talked about it. Bands of years: 0-4, 5-14, 15-29, 30-50; 7 lies in the second,
# whose number is 5. Less than five years is false, so the row on newcomers is not shown. The score
# of the leading statements: disagreeing (2 of 1-5) is 25, and fully agreeing (5) with one that is
# turned round is 0; their mean, 12.5, is under 50, so the section on leading is shown.
WITNESS = Respondent(
    "fr",
    {
        **_chosen(
            {
                "Votre catégorie de personnel": "CALog",
                "Dirigez-vous une équipe ?": "Je préfère ne pas répondre",
                "Mon chef donne l'exemple.": "Pas d'accord",
                "Mon chef ferme les yeux sur les fautes.": "Tout à fait d'accord",
                "je peux parler de problèmes.": "D'accord",
                "on craint de parler.": "Pas d'accord",
                "Avez-vous vu une atteinte à l'intégrité cette année ?": "Oui",
                "De quoi s'agissait-il ?": (
                    "Cadeaux ou avantages",
                    "Consultation de banques de données sans motif",
                ),
                "À qui en avez-vous parlé ?": ("La personne de confiance", "Mon chef direct"),
                "Qui vous a le plus aidé ?": "La personne de confiance",
                "Vous avez répondu « Pas d'accord ». Que faudrait-il d'abord ?": "L'écoute",
            }
        ),
        "Vos années de service": Say(("de 5 à 14 ans",), number="7"),
        "Je sais à qui signaler un problème.": Say(("Ne sait pas",), comment=REMARK),
        "À qui parleriez-vous d'abord ?": Say(
            ("Quelqu'un d'autre", "Le contrôle interne"), other="Ma sœur"
        ),
        "Que faudrait-il changer en premier": Say(text=WISH),
    },
    {
        "category": "calog",
        "leads": "~refused",
        "years": 5,
        "example_given": 2,
        "looks_away": 5,
        "team_speak": 4,
        "team_fear": 2,
        "team_new": "~not_shown",
        "safe": "~dk",
        "seen": "yes",
        "what": ("databases", "gifts"),
        "told": ("chief", "confidant"),
        "most_useful": "confidant",
        "trusted": ("other", "control"),
        "improve": "listening",
    },
    frozenset(
        {("safe", "comment", REMARK), ("trusted", "other", "Ma sœur"), ("wish", "text", WISH)}
    ),
)

# Two years: the row on newcomers is shown. Fully agreeing is 100, and so is fully disagreeing with
# what is turned round: the mean of 100 is not under 50, so there is nothing more on leading. Saw
# nothing: so there is nothing to tell of. Leaves open what may be left open.
NEWCOMER = Respondent(
    "fr",
    {
        **_chosen(
            {
                "Votre catégorie de personnel": "Je préfère ne pas répondre",
                "Dirigez-vous une équipe ?": "Non",
                "Mon chef donne l'exemple.": "Tout à fait d'accord",
                "Mon chef ferme les yeux sur les fautes.": "Pas du tout d'accord",
                "je peux parler de problèmes.": "Tout à fait d'accord",
                "on craint de parler.": "Pas du tout d'accord",
                "on accueille les nouveaux.": "Ni d'accord ni pas d'accord",
                "Je sais à qui signaler un problème.": "D'accord",
                "Avez-vous vu une atteinte à l'intégrité cette année ?": "Non",
            }
        ),
        "Vos années de service": Say(("de 0 à 4 ans",), number="2"),
        "À qui parleriez-vous d'abord ?": Say(),
        "Que faudrait-il changer en premier": Say(),
    },
    {
        "category": "~refused",
        "leads": "no",
        "years": 0,
        "example_given": 5,
        "looks_away": 1,
        "team_speak": 5,
        "team_fear": 1,
        "team_new": 3,
        "safe": 4,
        "seen": "no",
        "what": "~not_shown",
        "told": "~not_shown",
        "most_useful": "~not_shown",
        "trusted": "~blank",
        "improve": "~not_shown",
    },
)

# In Dutch. 31 years lie in the last band, whose number is 30. At first disagreeing (25) and, turned
# round, agreeing (4 of 1-5: 25 too): a mean of 25, so what is needed first is asked and answered.
# Then the first is changed to fully agreeing: the mean of 100 and 25 is 62.5, the section is
# hidden, and what was said there does not count. "None of these" hides whom it was told to.
THINKS_AGAIN = Respondent(
    "nl",
    {
        **_chosen(
            {
                "Uw personeelscategorie": "Operationeel",
                "Leidt u een team?": "Ja",
                "Mijn chef geeft het goede voorbeeld.": "Oneens",
                "Mijn chef kijkt weg bij fouten.": "Eens",
                "kan ik problemen aankaarten.": "Noch eens noch oneens",
                "durft men niet te spreken.": "Weet het niet",
                "Ik weet aan wie ik een probleem meld.": "Helemaal oneens",
                "Zag u dit jaar een integriteitsschending?": "Ja",
                "Waarover ging het?": "Niets van dat alles",
                "Met wie zou u eerst spreken?": ("De vertrouwenspersoon", "Mijn directe chef"),
                "U antwoordde 'Oneens'. Wat is er eerst nodig?": "Het voorbeeld",
            }
        ),
        "Uw dienstjaren": Say(("30 tot 50 jaar",), number="31"),
        "Wat moet er in uw dienst eerst veranderen?": Say(text="Meer overleg."),
    },
    {
        "category": "ops",
        "leads": "yes",
        "years": 30,
        "example_given": 5,
        "looks_away": 4,
        "team_speak": 3,
        "team_fear": "~dk",
        "team_new": "~not_shown",
        "safe": 1,
        "seen": "yes",
        "what": ("none",),
        "told": "~not_shown",
        "most_useful": "~not_shown",
        "trusted": ("confidant", "chief"),
        "improve": "~not_shown",
    },
    frozenset({("wish", "text", "Meer overleg.")}),
    SecondThought(
        "U antwoordde 'Oneens'. Wat is er eerst nodig?",
        "Mijn chef geeft het goede voorbeeld.",
        Say(("Helemaal eens",)),
    ),
)

ALL = (WITNESS, NEWCOMER, THINKS_AGAIN)
