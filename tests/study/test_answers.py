"""Two programs that write at one text: item by item, nothing is lost of what the other wrote."""

import datetime
from pathlib import Path

import pytest
from zone import OPENED, QUESTIONNAIRES, make_zone

from imfsurvey.faces.named_sitting import NamedSitting, PolicySitting
from imfsurvey.interview import Answer, Entry
from imfsurvey.study.answers import ANSWERS, kept, plain
from imfsurvey.study.assessment import Assessment
from imfsurvey.study.life import open_wave
from imfsurvey.study.policy.text import PolicyText

DAY = datetime.date(2026, 11, 2)
A, B, C = (Answer("answered", text) for text in "abc")
YEAR = Answer("answered", "2024-05")


def entries(**words: str) -> Answer:
    """Goals by their ids."""
    return Answer(
        "answered",
        tuple(Entry(one, {"goal": Answer("answered", said)}) for one, said in words.items()),
    )


def step(goal: str) -> Answer:
    """One step towards a goal."""
    return Answer("answered", (Entry("s", {"goal_of": Answer("answered", goal)}),))


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> PolicyText:
    """A policy, nothing written in it."""
    return PolicyText(make_zone(tmp_path_factory.mktemp("answers") / "zone"))


@pytest.mark.parametrize(
    ("since", "now", "stored", "expected"),
    [
        ({}, {"vision": A}, {}, {"vision": A}),
        ({"vision": A}, {"vision": A}, {"vision": B}, {"vision": B}),  # the other changed it
        (  # one each
            {"vision": A},
            {"vision": B},
            {"vision": A, "since": YEAR},
            {"vision": B, "since": YEAR},
        ),
        ({"vision": A}, {"vision": B}, {"vision": C}, {"vision": B}),  # both: the last one
        (  # taken back here
            {"vision": A, "since": YEAR},
            {"vision": A},
            {"vision": B, "since": YEAR},
            {"vision": B},
        ),
        (  # taken back there
            {"vision": A, "since": YEAR},
            {"vision": B, "since": YEAR},
            {"vision": A},
            {"vision": B},
        ),
        (None, {"vision": A}, {"vision": B, "since": YEAR}, {"vision": A}),
        (  # of a list: f changed here and h added, g changed there
            {"goals": entries(f="1", g="1")},
            {"goals": entries(f="2", g="1", h="1")},
            {"goals": entries(f="1", g="3")},
            {"goals": entries(f="2", g="3", h="1")},
        ),
        (  # d gone here, e gone there, one added here and one there
            {"goals": entries(d="1", e="1")},
            {"goals": entries(e="1", h="1")},
            {"goals": entries(d="1", i="1")},
            {"goals": entries(h="1", i="1")},
        ),
        (  # together more than the three that the list takes: the last one
            {"goals": entries(f="1")},
            {"goals": entries(f="1", g="1", h="1")},
            {"goals": entries(f="1", i="1")},
            {"goals": entries(f="1", g="1", h="1")},
        ),
        (  # a goal is gone there that a step has chosen here: the step is freed of it
            {"goals": entries(f="1", g="1")},
            {"goals": entries(f="1", g="1"), "steps": step("g")},
            {"goals": entries(f="1")},
            {"goals": entries(f="1"), "steps": Answer("answered", (Entry("s"),))},
        ),
    ],
)
def test_what_is_kept(
    text: PolicyText,
    since: dict[str, Answer] | None,
    now: dict[str, Answer],
    stored: dict[str, Answer],
    expected: dict[str, Answer],
) -> None:
    """What was changed here, and of all else what is stored; and it can be read again."""
    found = kept(text.interview("fr", DAY, now), since, plain(stored))
    assert found == plain(expected)
    assert text.interview("fr", DAY, ANSWERS.validate_python(found)).answers == expected


@pytest.mark.parametrize("stored", [{"vision": {"status": "dance"}}, ["vision"], {"since": A}])
def test_what_does_not_go_together(text: PolicyText, stored: object) -> None:
    """What cannot have been written is not taken along: neither a damaged file nor a day that is
    none keeps anybody from saving."""
    said = plain(stored) if isinstance(stored, dict) and "since" in stored else stored
    assert kept(text.interview("fr", DAY, {"vision": B}), {"vision": A}, said) == plain(
        {"vision": B}
    )


def test_two_write_at_the_policy(tmp_path: Path) -> None:
    """The officer's sections are there after the mandatary, who began before, has saved theirs;
    the version that is kept holds both."""
    text = PolicyText(make_zone(tmp_path / "zone"))
    officer, mandatary = PolicySitting(text, "fr"), PolicySitting(text, "nl")
    officer.interview.record("vision", "answered", "Clear rules")
    officer.keep()
    mandatary.interview.record("since", "answered", "2024-05")
    mandatary.finish()
    officer.interview.record("vision", "answered", "Clear rules for all")
    officer.keep()
    assert {item: one.value for item, one in text.answers.items()} == {
        "vision": "Clear rules for all",
        "since": "2024-05",
    }
    (version,) = text.versions
    assert version.answers["vision"].value == "Clear rules"


def test_one_rater_at_two_screens(tmp_path: Path) -> None:
    """Ratings given in one window are there when the other, opened before, saves its own."""
    study = make_zone(tmp_path / "zone")
    wave = open_wave(study, study.new_wave("zero", 2026, questionnaires=QUESTIONNAIRES), OPENED)
    asked = wave.questionnaire("assessment")
    first, second = (NamedSitting(wave, asked, "mandatary", "fr") for _ in range(2))
    first.interview.record("sa_code", "answered", 2)
    first.keep()
    second.interview.record("sa_rules", "answered", 1)
    second.keep()
    first.interview.clear("sa_code")
    first.keep()
    draft = Assessment(wave).draft(asked, "mandatary")
    assert draft is not None
    assert draft.answers["sa_rules"].value == 1
    assert not draft.answers.get("sa_code", Answer()).given
