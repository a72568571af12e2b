"""The door for outside text."""

import ast
from pathlib import Path

import pytest
from stage import HOSTILE
from textual.content import Content

from imfsurvey.faces.tui.text import plain, shortened, titled, wrapped
from imfsurvey.faces.visible import visible

TUI = Path(__file__).parents[3] / "src" / "imfsurvey" / "faces" / "tui"


@pytest.mark.parametrize("text", HOSTILE)
def test_outside_text_is_shown_as_written(text: str) -> None:
    """What looks like markup stays text, without style and without link."""
    content = plain(text)
    assert content.plain == text
    assert content.spans == []


def test_what_changes_the_screen_or_the_reading_order_is_made_visible() -> None:
    """Escape sequences and direction marks become a dot; line breaks and accents stay."""
    assert visible("a\x1b[2Jb\u202ec\nd\u00e9") == "a·[2Jb·c\nd\u00e9"


def test_wrapping_keeps_every_word_in_order() -> None:
    """No word is lost or cut when lines are long enough for it."""
    text = "un deux trois quatre cinq"
    lines = wrapped(text, 11)
    assert " ".join(lines) == text
    assert all(Content(line).cell_length <= 11 for line in lines)


def test_shortening_says_that_something_is_missing() -> None:
    """A text that does not fit ends in an ellipsis and fills no more than the width."""
    assert shortened("abcdef", 4) == "abc…"
    assert shortened("abc", 4) == "abc"


def test_no_widget_is_given_text_but_through_the_door() -> None:
    """Static, Label, Row and update() never get a str: Textual would parse it as markup."""
    offences = []
    for path in TUI.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name not in {"Static", "Label", "Row", "update", "Button", "notify"}:
                continue
            if isinstance(node.args[0], ast.JoinedStr) or (
                isinstance(node.args[0], ast.Constant) and node.args[0].value != ""
            ):
                offences.append(f"{path.name}:{node.lineno}")
    assert offences == []


@pytest.mark.parametrize(
    ("title", "width", "shown"),
    [
        ("Zone – Cibles", 20, "Zone – Cibles"),
        ("Zone de police 5399 Valombre – Cibles", 24, "Zone de police… – Cibles"),  # 15 + 9 cells
        ("Zone – Politique d’intégrité et de prévention", 24, "Zone – Politique d’inté…"),
        ("Zone de police 5399 Valombre", 12, "Zone de pol…"),
    ],
)
def test_a_title_keeps_the_name_of_its_page(title: str, width: int, shown: str) -> None:
    """The name of the entity gives way first, as long as enough of it stays to be known."""
    assert titled(title, width) == shown
    assert Content(shown).cell_length <= width
