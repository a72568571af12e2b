"""The pictures of the papers."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
import screenshots

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("picture", sorted(IMAGES.glob("*.svg")), ids=lambda path: path.stem)
def test_a_picture_needs_no_other_machine(picture: Path) -> None:
    """A picture has a title for those who cannot see it, and asks nobody for anything."""
    text = picture.read_text("utf-8")
    assert re.findall(r"https?://[^\"')\s]*", text) == ["http://www.w3.org/2000/svg"]
    assert "@import" not in text and "@font-face" not in text
    root = ElementTree.fromstring(text)
    assert root.findtext(f"{SVG}title") == screenshots.TITLES[picture.stem.rpartition("-")[0]]


def test_the_pictures_are_those_of_the_command() -> None:
    """`python3 dev.py screenshots` makes every picture that is there, in both languages."""
    made = {f"{name}-{language}" for name in screenshots.TITLES for language in ("fr", "nl")}
    assert {picture.stem for picture in IMAGES.glob("*.svg")} == made


def test_what_points_elsewhere_is_taken_out_or_refused() -> None:
    """Fonts from the web and comments are removed; an address that stays is an error."""
    head = '<svg viewBox="0 0 1 1" xmlns="http://www.w3.org/2000/svg">'
    font = '@font-face { src: url("https://fonts.example/x.woff2"); }'
    said = f"{head}<!-- Made by https://maker.example --><style>{font} a {{}}</style></svg>"
    cleaned = screenshots.cleaned(said, "A < B")
    assert "example" not in cleaned
    assert ElementTree.fromstring(cleaned).findtext(f"{SVG}title") == "A < B"
    with pytest.raises(ValueError, match="another machine"):
        screenshots.cleaned(f'{head}<image href="https://x.example/a.png"/></svg>', "A")


def test_the_command_draws(tmp_path: Path) -> None:
    """The command draws its pictures from the worked example, without a terminal."""
    screenshots.main([str(tmp_path)])
    drawn = {path.name for path in tmp_path.iterdir()}
    assert drawn == {path.name for path in IMAGES.glob("*.svg")}
    home = (tmp_path / "home-nl.svg").read_text("utf-8")
    assert "Valombre" in home
