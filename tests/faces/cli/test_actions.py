"""`imfsurvey actions` and `imfsurvey policy` on the command line."""

from __future__ import annotations

import json

import pytest
from commandline import Cli
from zone import rate

from imfsurvey.study.folder import Study
from imfsurvey.study.wave import Wave

NEW = ("actions", "new", "--topic", "code", "--text", "Write the code")


def test_a_plan_from_proposal_to_done(cli: Cli, wave: Wave) -> None:
    """Each command says how the action stands; the list names what is overdue and its balance."""
    rate(wave, {"sa_code": 2, "sa_rules": 2, "sa_training": 0, "sa_cycle": 2})
    proposed = cli("actions", "propose", wave.id, "--json")
    assert proposed.code == 0
    ids = {one["topic"]: one["id"] for one in json.loads(proposed.out)}
    ident = ids["training"]
    ran = cli("actions", "accept", ident, "--owner", "HR", "--deadline", "31/03/2020")
    assert ran.code == 0 and "HR" in ran.out and "OVERDUE" in ran.out
    listed = cli("actions")
    assert f"Overdue: {ident}" in listed.out
    assert "0 controlling, 1 stimulating, 0 both · balance +1.00" in listed.out
    assert cli("actions", "--overdue", "--json").out.count('"id"') == 1
    assert "CHECK" in (cli("actions", "done", ident).out and cli("actions").out)
    assert cli("actions", "--overdue").err.startswith("No action is overdue")
    assert cli("actions", "reject", ids["cycle"], "--reason", "No means").code == 0
    assert "No means" not in cli("actions").out
    assert "No means" in cli("actions", "--rejected").out
    assert "Undone: rejected" in cli("actions", "undo").err
    verbs = [one["verb"] for one in json.loads(cli("actions", "history", "--json").out)]
    assert verbs == ["proposed", "accepted", "moved", "rejected", "undone"]
    assert "rejected: " in cli("actions", "history").out


@pytest.mark.parametrize(
    ("given", "code", "error"),
    [
        (("change", "a1"), 2, "IMF-F400"),
        (("change", "a1", "--target", "high"), 2, "IMF-F401"),
        (("change", "a1", "--target", "9" * 5000), 2, "IMF-F401"),
        (("change", "a1", "--target", "1"), 1, "IMF-T404"),
        (("change", "a1", "--deadline", "31/02/2027"), 1, "IMF-T406"),
        (("reject", "a1", "--reason", " "), 1, "IMF-T405"),
        (("accept", "a1"), 3, "IMF-T408"),
        (("move", "a9", "do"), 1, "IMF-T409"),
        (("new", "--topic", "cod", "--text", "x"), 1, "IMF-T400"),
        (("new", "--topic", "code", "--text", "x", "--target", "0"), 1, "IMF-T403"),
        (("propose", "2026-zero"), 3, "IMF-T411"),
    ],
)
def test_what_is_wrong_is_said(
    cli: Cli, wave: Wave, given: tuple[str, ...], code: int, error: str
) -> None:
    """With its code; the plan stays as it was."""
    assert cli(*NEW, "--target", "2").code == 0
    if given[0] == "change" and error == "IMF-T404":
        rate(wave, {"sa_code": 2}, finished=False)
        assert cli("actions", "new", "--topic", "code", "--text", "Again").code == 0
        given = ("change", "a2", "--target", "1")
    before = cli("actions", "--json").out
    ran = cli("actions", *given)
    assert (ran.code, error in ran.err) == (code, True), ran.err
    assert cli("actions", "--json").out == before


def test_a_dash_takes_a_value_away(cli: Cli, wave: Wave) -> None:
    """A date or an owner that holds no more."""
    assert cli(*NEW, "--owner", "HR", "--deadline", "2027-03-31", "--target", "3").code == 0
    assert cli("actions", "change", "a1", "--owner", "-", "--deadline", "-").code == 0
    assert cli("actions", "change", "a1", "--target", "-").code == 0
    (one,) = json.loads(cli("actions", "--json").out)
    assert (one["owner"], one["deadline"], one["target"]) == ("", None, None)
    assert "nobody answers for it" in cli("actions").out


def test_the_policy_without_a_screen(cli: Cli, study: Study) -> None:
    """Its state is printed; approving says what is incomplete, and the document is written."""
    ran = cli("policy")
    assert ran.code == 0 and "Nothing written yet" in ran.out
    ran = cli("policy", "approve", "--on", "04/05/2024", "--by", "Conseil")
    assert ran.code == 0 and "Approved on 4 May 2024 by Conseil" in ran.err
    assert "2 sections are not complete" in ran.err
    status = json.loads(cli("policy", "status", "--json").out)
    assert (status["state"], status["approved_on"]) == ("elsewhere", "2024-05-04")
    ran = cli("policy", "write", "--languages", "fr", "--json")
    names = sorted(path.rpartition("/")[2] for path in json.loads(ran.out)["files"])
    assert names == [f"policy.fr.{form}" for form in ("docx", "html", "md", "pdf")]
    assert (study.folder / "reports" / "policy.fr.html").read_text("utf-8").count("<h1>") == 1
    assert cli("policy", "write", "--version", "1").code == 0
    assert "IMF-T422" in cli("policy", "write", "--version", "2").err
    assert "IMF-T423" in cli("policy", "approve", "--on", "04/05/2199", "--by", "X").err


def test_the_policy_in_plain_lines(cli: Cli, study: Study) -> None:
    """The first question is asked and kept; the end of the input leaves the rest open."""
    ran = cli("policy", "edit", "--plain", typed="Une vision\n\n")
    assert ran.code == 3
    assert "Une vision" in (study.folder / "study.json").read_text("utf-8")


@pytest.mark.parametrize(
    "given",
    [
        ("actions", "--json", "propose", "2026-zero"),
        ("actions", "--overdue", "done", "a-1"),
        ("actions", "--rejected", "undo"),
        ("targets", "--json", "clear", "leadership"),
    ],
)
@pytest.mark.usefixtures("study")
def test_an_option_of_the_list_is_not_passed_over(cli: Cli, given: tuple[str, ...]) -> None:
    """Before another command it would do nothing."""
    ran = cli(*given)
    assert (ran.code, ran.out) == (2, "")
    assert f"'{given[1]}' does not go with '{given[2]}'" in ran.err
