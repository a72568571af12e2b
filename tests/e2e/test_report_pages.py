"""The HTML report in a real browser: axe-core finds nothing, at every width and on paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from laden import rich, sized
from measured import MADE_ON

from e2e.browser import Inspector, chromium, visitor
from imfsurvey.report import summary
from imfsurvey.report.writing import content

pytestmark = pytest.mark.system

PAPER = 718
"""Pixels between the margins of A4."""


@pytest.mark.parametrize("language", ["fr", "de"])
def test_everybody_can_read_the_report(tmp_path: Path, language: str) -> None:
    """Wide, narrow, on paper, with everything unfolded; hostile texts and large surveys as well."""
    waves = {
        "rich": rich("R&D <b>x</b> " + "preuve, " * 600, "W" * 200),
        "plain": rich(),
        "large": [sized(65, 60)],
    }
    with chromium() as browser:
        for name, found in waves.items():
            path = tmp_path / f"{name}.html"
            path.write_bytes(content(summary(found, language, MADE_ON), "html", MADE_ON))
            for size in ((1200, 900), (390, 800), (PAPER, 1000)):
                with visitor(browser, scripts=True, size=size) as context:
                    page = context.new_page()
                    if size[0] == PAPER:
                        page.emulate_media(media="print")
                    page.goto(path.as_uri())
                    Inspector(page, size[0]).look()
                    page.evaluate(
                        "document.querySelectorAll('details').forEach(d => d.open = true)"
                    )
                    Inspector(page, size[0]).look()
                    page.screenshot(path=tmp_path / f"{name}-{size[0]}.png", full_page=True)
