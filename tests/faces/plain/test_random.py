"""Whatever is typed: plain mode goes on, keeps the rules, and writes nothing but words."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from conversation import CONSTRUCTS, FRAMEWORK, KINDS, TODAY, desk, held

from imfsurvey.framework import Framework, load_framework
from imfsurvey.interview import Interview
from imfsurvey.questionnaire import Questionnaire, load_questionnaire
from imfsurvey.questionnaire.shipped import (
    FRAMEWORK as SHIPPED,
)
from imfsurvey.questionnaire.shipped import (
    PERCEPTION,
    POLICY,
    SELF_ASSESSMENT,
    shipped,
)

RUNS, LINES = 60, 40
IMF = load_framework(shipped(SHIPPED))
SETS: dict[str, tuple[Questionnaire, Framework]] = {
    "kinds": (KINDS, FRAMEWORK),
    "constructs": (CONSTRUCTS, FRAMEWORK),
    **{
        name: (load_questionnaire(shipped(name), IMF), IMF)
        for name in (*SELF_ASSESSMENT, PERCEPTION, POLICY)
    },
}
WORDS = (
    *("", "", "", "", "1", "2", "3", "4", "5", "0", "1 2", "2 1 3", "5 1", "99", "-1", "7,5"),
    *("b", "s", "x", "d", "n", "r", "c", "e", "k", "a", "a", "o", "l", "f", "?", "w", "x 1"),
    *("j 1", "k 2", "/b", "/s", "/x", "/d", "/?", "//", "/", "/a b", "31/3/2026", "3/2020"),
    *("2020", "Un texte", ".", "PV {x} [/]", "\x1b[31mrouge", "\x00\x07", "é" * 3000, "n\tn"),
    *("oui", "ja", "½", "²", "٣", "\u202e", "q"),
)


def babble(rng: random.Random) -> Iterator[str]:
    """Lines that somebody may type, most of them answers somewhere."""
    for _ in range(LINES):
        yield rng.choice(WORDS)


@pytest.mark.parametrize("name", SETS)
def test_any_respondent_is_answered(name: str) -> None:
    """No line ends it with an error; what is kept at the end can be loaded as a response."""
    questionnaire, framework = SETS[name]
    for seed in range(RUNS):
        rng = random.Random(f"{name}/{seed}")
        sitting = desk(questionnaire, framework, rng=rng)
        sitting.interview.go_to(rng.choice(sitting.interview.pages).item.id)
        language = rng.choice(("fr", "nl", "en", "de"))
        code, said = held(sitting, *babble(rng), language=language)
        assert code in (0, 3)
        assert said.replace("\n", "").isprintable()
        Interview(
            questionnaire,
            framework,
            "fr",
            groups=sitting.interview.groups,
            answers=sitting.interview.answers,
            today=TODAY,
        )
