"""Pages as HTML. Every text is escaped; a template that misses a value fails, it never guesses."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from starlette.responses import HTMLResponse, Response

from imfsurvey.i18n.catalogue import LANGUAGE_NAMES, translator

HERE: Final = Path(__file__).parent


def page(name: str, language: str, *, status: int = 200, **values: object) -> Response:
    """A whole page in one language."""
    template = _environment().get_template(f"{name}.html.j2")
    text = template.render(
        _=translator(language), language=language, language_names=LANGUAGE_NAMES, **values
    )
    return HTMLResponse(text, status, {"content-language": language})


def paragraphs(text: str) -> list[list[str]]:
    """A text as paragraphs, each as its lines."""
    parts = (part.strip().split("\n") for part in text.split("\n\n"))
    return [lines for lines in parts if lines != [""]]


@cache
def static(name: str) -> bytes:
    """A file that pages refer to."""
    return (HERE / name).read_bytes()


@cache
def _environment() -> SandboxedEnvironment:
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["paragraphs"] = paragraphs
    return environment
