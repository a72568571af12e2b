"""`imfsurvey results`: every figure in words, in 80 columns, nothing that is hidden."""

import json
from collections.abc import Callable

import pytest
from commandline import Cli
from keyholders import close_and_unseal
from statsmodels.stats.proportion import proportion_confint
from zone import CLOSED, rate, respond

from imfsurvey.faces.cli.sheet import results_sheet
from imfsurvey.i18n.catalogue import LANGUAGES, translator
from imfsurvey.study.assessment import Assessment
from imfsurvey.study.folder import Study
from imfsurvey.study.results import FIGURES
from imfsurvey.study.wave import Wave

Closed = Callable[..., Wave]


@pytest.fixture
def closed(study: Study, wave: Wave) -> Wave:
    """Rated 3, n/a, don't know, 1; thirty answered, without a doubt."""
    rate(wave, {"sa_code": 3, "sa_rules": "na", "sa_training": "dk", "sa_cycle": 1})
    respond(wave, 20, category="ops", clear=4, unclear=2)
    respond(wave, 10, category="08", clear=2, unclear=5)
    close_and_unseal(study, wave, CLOSED)
    return wave


def test_levels_index_and_coverage_by_hand(cli: Cli, closed: Wave) -> None:
    """Determine: one topic at 3, one n/a. Guide: one unknown, so 0, at most 5.

    Instruments: levels 3 and 0, at most 3 and 5. More than half are at 1, but not more than 85 %
    are past 0: one of two is half, so 0. At most: both at 3, none below; half at 4 is not more
    than half: 3. Index: mean of 60 and 0 = 30. Coverage: one of two core topics in scope.
    """
    lines = cli("results", closed.id).out.splitlines()
    table = {line[:36].strip(): line[36:].split() for line in lines if line[59:].strip()}
    determine, guide, instruments = (
        next(cells for label, cells in table.items() if label.endswith(name))
        for name in ("Déterminer", "Guider", "Instruments")
    )
    assert determine == ["███░░", "3", "60", "100%"]
    assert guide == ["░░░░░", "0", "(at", "most", "5)", "0", "0%"]
    assert instruments == ["░░░░░", "0", "(at", "most", "3)", "30", "50%"]


def test_topics_and_what_is_not_rated(cli: Cli, closed: Wave) -> None:
    """Each topic with bar and level; n/a with its reason; don't know in words."""
    out = cli("results", closed.id).out
    assert "███░░ 3  [FR] Code\n" in out
    assert "–  [FR] Règles: not applicable (Sans objet)\n" in out
    assert "–  [FR] Formation: don't know\n" in out


def test_what_holds_back(cli: Cli, closed: Wave) -> None:
    """Binding children by name, too few rated topics, and the gate without an approved policy."""
    remarks = [line for line in cli("results", closed.id).out.splitlines() if line[:2] == "- "]
    assert "- [FR] Instruments: held back by “[FR] Guider”" in remarks
    assert "- [FR] Guider: held back by “[FR] Formation”" in remarks
    assert "- [FR] Guider: incomplete, too few topics are rated." in remarks
    assert "- [FR] Déterminer: reduced scope, many topics are not applicable." in remarks
    assert "approved integrity policy" in remarks[0]


def test_perception(cli: Cli, closed: Wave) -> None:
    """30 of 52; 20 of 30 agree; the reversed item is turned round; nobody didn't know.

    Wilson with n* = 30 · 51 / 22 by statsmodels: 55 % to 77 %. SD: 20 at 4 and 10 at 2, squares
    20 · (2/3)² + 10 · (4/3)² = 26.7, √(26.7 / 29) = 0.96; t(29) = 2.045, √(1 - 30/52): ± 0.23.
    """
    out = " ".join(cli("results", closed.id).out.split())
    low, high = proportion_confint(2 / 3 * 30 * 51 / 22, 30 * 51 / 22, method="wilson")
    assert (round(100 * low), round(100 * high)) == (55, 77)
    assert "30 of 52 people answered (58%)." in out
    assert "[FR] Clarté: 67% favourable" in out
    shown = "67% favourable (55% to 77%); mean 3.3 (3.1 to 3.6; SD 1.0); n = 30; don't know 0%"
    assert shown in out
    assert "The interval covers chance only, not who chose not to answer." in out
    assert "On ferme les yeux" in out or "on ferme les yeux. (inverse)" in out
    assert "67% favourable (55% to 77%); mean 3.0 (2.7 to 3.3; SD 1.4); n = 30" in out


def test_few_answers_are_hidden_in_words(cli: Cli, study: Study, wave: Wave) -> None:
    """Under k no figure, and not even how many responded."""
    respond(wave, 4, clear=4, unclear=2)
    close_and_unseal(study, wave, CLOSED)
    out = cli("results", wave.id).out
    assert "Fewer than 5 people responded." in out
    assert out.count("not shown: fewer than 5 answers") == 2
    assert "[FR] Clarté: not shown\n" in out
    assert "n =" not in out


def test_unanimity_is_coarsened(cli: Cli, study: Study, wave: Wave) -> None:
    """When all agree only the direction is said."""
    respond(wave, 12, clear=5, unclear=5)
    close_and_unseal(study, wave, CLOSED)
    out = cli("results", wave.id).out
    assert "a large majority is favourable" in out
    assert "a large majority is unfavourable" in out
    assert "Between 20% and 40% of 52 people answered." in out


def test_an_open_wave_is_provisional(cli: Cli, wave: Wave) -> None:
    """It says so, and keeps perception back."""
    rate(wave, {"sa_code": 1}, finished=False)
    respond(wave, 30, clear=4, unclear=2)
    out = cli("results", wave.id).out
    assert "Provisional" in out
    assert "only after the wave has been closed" in out
    assert "PERCEPTION" not in out
    assert "Mandate holder: 3 items of" in out


def test_one_view_at_a_time(cli: Cli, wave: Wave) -> None:
    """What was asked for besides is not passed over in silence."""
    ran = cli("results", wave.id, "--gap", "--by", "category", "--by", "other")
    assert (ran.code, ran.out) == (2, "")
    assert "IMF-F492" in ran.err and "--gap, --by" in ran.err


def test_no_self_assessment(cli: Cli, wave: Wave) -> None:
    """No figure instead of level 0."""
    out = cli("results", wave.id).out
    assert "There is no self-assessment" in out
    assert "░" not in out


def test_an_unbalanced_approach_is_called_out(cli: Cli, study: Study, wave: Wave) -> None:
    """Controlling topic at 5, stimulating ones at 0: outside the band, with its sides."""
    rate(wave, {"sa_code": 0, "sa_rules": 5, "sa_training": 0, "sa_cycle": 0})
    out = cli("results", wave.id).out
    assert "outside the band from -0.20 to +0.20" in out


@pytest.mark.parametrize("language", LANGUAGES)
def test_eighty_columns_in_every_language(
    study: Study, closed: Wave, cli: Cli, language: str
) -> None:
    """No line is longer than the terminal."""
    lines = cli("results", closed.id, lang=language).out.splitlines()
    assert max(map(len, lines)) <= 80
    assert len(lines) > 20


def test_json_is_the_figures(cli: Cli, study: Study, closed: Wave) -> None:
    """Programs get the figures themselves, whatever the language."""
    ran = cli("results", closed.id, "--json", lang="nl")
    figures = FIGURES.validate_python(json.loads(ran.out))
    assert figures.wave == closed.id
    assert figures.perception[0].items[0].counts == (0, 10, 0, 20, 0)


@pytest.mark.parametrize(("encoding", "bar"), [("utf-8", "███░░"), ("ascii", "###..")])
def test_bars_that_the_terminal_knows(study: Study, wave: Wave, encoding: str, bar: str) -> None:
    """Blocks where they can be shown, plain signs elsewhere."""
    rate(wave, {"sa_code": 3, "sa_rules": 3, "sa_training": 3, "sa_cycle": 3})
    found = close_and_unseal(study, wave, CLOSED)
    text = "\n".join(results_sheet(found, translator("fr"), encoding=encoding))
    assert f"{bar} 3  Code" in text


def test_texts_cannot_write_on_the_terminal(cli: Cli, study: Study, wave: Wave) -> None:
    """Escape sequences in what somebody typed are shown with a mark in their place."""
    interview = rate(wave, {"sa_rules": "na"}, finished=False)
    interview.note("sa_rules", "reason", "Vu\x1b]0;x\x07 \u202e5399")
    Assessment(wave).save(interview.questionnaire, "mandatary", interview)
    out = cli("results", wave.id).out
    assert "not applicable (Vu\ufffd]0;x\ufffd \ufffd5399)" in " ".join(out.split())
    data = cli("results", wave.id, "--json").out
    assert "\x1b" not in data
    rules = json.loads(data)["maturity"]["ratings"]["rules"]
    assert rules["reason"] == "Vu\x1b]0;x\x07 \u202e5399"
