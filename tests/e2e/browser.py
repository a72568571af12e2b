"""A real Chromium in which somebody answers as a person would."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from e2e.terminal import PATIENCE

CHROMIUM = "/usr/bin/chromium"
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PHONE, DESKTOP, NARROW = (360, 740), (1100, 800), (320, 640)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        try:
            yield browser
        finally:
            browser.close()


def visitor(
    browser: Browser,
    *,
    scripts: bool = False,
    size: tuple[int, int] = PHONE,
    dark: bool = False,
    locale: str = "fr-BE",
) -> BrowserContext:
    """A browser of one person, without scripts unless asked for."""
    context = browser.new_context(
        java_script_enabled=scripts,
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        locale=locale,
    )
    context.set_default_timeout(PATIENCE * 1000)
    return context


class Person:
    """Reads the page and answers by its labels, as somebody who sees it would."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.asked: list[str] = []
        """Every address that the browser asked for."""
        page.on("request", lambda request: self.asked.append(request.url))
        page.goto(address)

    @property
    def heading(self) -> str:
        """What is asked."""
        return self.page.locator("h1").inner_text()

    @property
    def text(self) -> str:
        """The whole page."""
        return self.page.locator("body").inner_text()

    def send(self, selector: str) -> None:
        """Press the one button (or link) of that kind, and wait for the page that follows."""
        with self.page.expect_navigation():
            self.page.locator(selector).click()

    def go_on(self) -> None:
        """To the next page."""
        self.send("button[value=next]")

    def choose(self, *labels: str) -> None:
        """Tick answers, and go on."""
        self.tick(*labels)
        self.go_on()

    def tick(self, *labels: str) -> None:
        """Tick answers."""
        for label in labels:
            self.page.get_by_label(label, exact=True).check()

    def rank(self, *labels: str) -> None:
        """Give ranks, the first one first, and go on."""
        for rank, label in enumerate(labels, start=1):
            self.page.get_by_label(label, exact=True).select_option(str(rank))
        self.go_on()

    def write(self, field: str, text: str) -> None:
        """Write into a field."""
        self.page.locator(f"#{field}").fill(text)


TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
LOOK = {"runOnly": {"type": "tag", "values": list(TAGS)}, "resultTypes": ["violations"]}
"""All rules; only of what breaks one is every place told. Most time went into telling, for each
rule, thousands of places that are as they should be."""


class Inspector:
    """Lets axe-core look at pages; nothing may have to be scrolled sideways."""

    def __init__(self, page: Page, width: int) -> None:
        self.page, self.width = page, width
        self.looked = 0

    def look(self) -> None:
        """At the page as it is."""
        page = self.page
        found = Axe().run(page, options=LOOK)
        assert found.violations_count == 0, (page.url, found.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth") <= self.width, page.url
        self.looked += 1
