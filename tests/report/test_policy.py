"""The policy as a document: sections, lists by objective, what is not written, hostile texts."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from zone import IDENTITY

from imfsurvey.interview import Answer, Entry, Interview
from imfsurvey.report.document import Bullets, Heading, Paragraph, Summary, Table
from imfsurvey.report.policy import PolicyStanding, policy_document
from imfsurvey.report.render import render
from imfsurvey.report.templating import TextForm
from imfsurvey.study.folder import Study
from imfsurvey.study.identity import PolicyApproval
from imfsurvey.study.policy.text import PolicyText

DAY = datetime.date(2026, 11, 2)
FORMS: tuple[TextForm, ...] = ("html", "md")
APPROVED = PolicyApproval(approved_on=datetime.date(2026, 5, 4), approved_by="Conseil")


@pytest.fixture
def interview(tmp_path: Path) -> Interview:
    """The shipped policy, a little of it written."""
    text = PolicyText(Study.create(tmp_path / "zone", IDENTITY))
    interview = text.interview("en", DAY)
    interview.record("po_first_year", "answered", "2026")
    interview.record("po_last_year", "answered", "2030")
    interview.record("po_vision", "answered", "Trust.\n- near\n- fair\n<b>Bold</b>")
    return interview


def objectives(interview: Interview) -> None:
    """Two operational objectives; one action belongs to the second, another to none."""

    def entry(ident: str, **fields: str) -> Entry:
        return Entry(ident, {name: Answer("answered", value) for name, value in fields.items()})

    interview.record(
        "po_operational",
        "answered",
        (entry("o1", result="Fewer complaints"), entry("o2", result="Better talks")),
    )
    actions = (
        entry("a1", action="Train", objective="o2", approach="both", deadline="2027-03"),
        entry("a2", action="Ask", owner="HR"),
    )
    interview.record("po_actions", "answered", actions)


def document(interview: Interview, *, current: bool = True, approved: bool = False) -> Summary:
    """Made of it."""
    approval = APPROVED if approved else PolicyApproval()
    return policy_document(interview, PolicyStanding("Zone", approval, current), DAY)


def test_seven_sections_without_their_numbers(interview: Interview) -> None:
    """The forms of a document number sections themselves; the period is the subtitle."""
    made = document(interview)
    assert len(made.sections) == 7
    assert made.sections[0].title == "Identification of the police entity"
    assert made.subtitle == "2026 to 2030"
    assert (made.headlines, made.tiles) == ((), ())


def test_lines_are_paragraphs_and_lists(interview: Interview) -> None:
    """Below a short heading, no question; what is not written is said to be so."""
    blocks = document(interview).sections[1].blocks
    at = blocks.index(Heading("Ambition and vision"))
    assert blocks[at + 1 : at + 4] == (
        Paragraph("Trust."),
        Bullets(("near", "fair")),
        Paragraph("<b>Bold</b>"),
    )
    assert blocks[blocks.index(Heading("Values and rules")) + 1] == Paragraph(
        "Not written yet.", "note"
    )


def test_actions_stand_under_their_objective(interview: Interview) -> None:
    """One table for each objective that has some; empty columns are left out."""
    objectives(interview)
    tables = [one for one in document(interview).sections[2].blocks if isinstance(one, Table)]
    assert [(one.caption, one.columns) for one in tables] == [
        ("Better talks", ("Action", "Approach", "By")),
        ("Without an objective", ("Action", "Owner")),
    ]
    assert tables[0].rows == (("Train", "Both", "03/2027"),)
    assert tables[1].rows == (("Ask", "HR"),)


def test_whether_it_is_the_text_that_was_approved(interview: Interview) -> None:
    """Day and name only then; else a draft is called one."""
    assert document(interview).warnings and not document(interview).facts
    made = document(interview, approved=True)
    assert made.facts == (("Approved on", "4 May 2026"), ("Approved by", "Conseil"))
    assert made.warnings == ()
    made = document(interview, approved=True, current=False)
    assert made.warnings and not made.facts


def test_both_forms_say_it_and_obey_nothing(interview: Interview) -> None:
    """Markup in a text is text; there is no part for figures in brief."""
    objectives(interview)
    html, text = (render(document(interview), form) for form in FORMS)
    assert "&lt;b&gt;Bold&lt;/b&gt;" in html and "<b>Bold" not in html
    assert "\\<b\\>Bold" in text
    assert "In brief" not in html and "In brief" not in text
    assert 'href="#brief"' not in html
