"""The summary report as files: every language in every form, whole or not at all."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final, Literal

from imfsurvey.report.document import Summary
from imfsurvey.report.render import render
from imfsurvey.report.summary import summary
from imfsurvey.report.templating import WORD_FILE, require_templates
from imfsurvey.store.disk import explained, make_folder, replace_file, temporary
from imfsurvey.study.actions.action import Action
from imfsurvey.study.results import WaveResults

Form = Literal["html", "pdf", "docx", "md"]

FORMS: Final[tuple[Form, ...]] = ("html", "pdf", "docx", "md")

Maker = Callable[[Summary, datetime.date], bytes]
"""What makes a form of a document on a day."""

_DEAREST_FIRST: Final[tuple[Form, ...]] = ("docx", "pdf", "md", "html")
"""Begun in this order, so that no processor waits at the end for the last long one."""

_MOST: Final = 4
"""Files made at the same time: more would wait for one another, since only Typst works beside
Python."""


def write(
    waves: Sequence[WaveResults],
    folder: Path,
    languages: Sequence[str],
    forms: Sequence[Form],
    made_on: datetime.date,
    *,
    actions: Sequence[Action] = (),
    house: Path | None = None,
    wrote: Callable[[Path], object] = lambda path: None,
) -> list[Path]:
    """The report on the last wave in every language and form; gives the files written.

    They are named `<wave>-summary.<language>.<form>`. A file appears whole or not at all, in the
    order of languages and forms up to the first that fails; `wrote` is called after each, in the
    thread of the caller. `actions`: the action plan of the study. HTML, Markdown and Word follow
    the templates of `house` where it has them. Raises `StorageError` when the folder cannot be
    written, `ProblemsFoundError` for a template that cannot be used, `RefusedError` (IMF-R110) for
    one of Word without its library.
    """
    if house is not None:
        _require_usable(house, forms)
    makers = [(form, _maker(form, house)) for form in forms]
    written = []
    with _workers() as workers:

        def beside(maker: Maker, *given: Any) -> Callable[[], bytes]:
            return workers.submit(maker, *given).result

        # What a template of the office may take is limited for the whole program, and its time can
        # be measured in this thread only.
        begun: Callable[..., Callable[[], bytes]] = beside if house is None else partial
        documents: dict[str, Summary] = {}
        made = {}
        for form, maker in sorted(makers, key=lambda maker: _DEAREST_FIRST.index(maker[0])):
            for language in languages:
                if language not in documents:  # not all before the first file is begun
                    documents[language] = summary(waves, language, made_on, actions)
                made[language, form] = begun(maker, documents[language], made_on)
        for language, document in documents.items():
            for form, _ in makers:
                path = folder / f"{_file_name(document.wave)}-summary.{language}.{form}"
                put(path, made[language, form]())
                written.append(path)
                wrote(path)
    return written


def _require_usable(house: Path, forms: Sequence[Form]) -> None:
    """Raise what `write` does, before anything is written, for templates that cannot be used."""
    require_templates(house)
    if "docx" in forms and (house / WORD_FILE).is_file():
        from imfsurvey.report.docx.house import require_library

        require_library()


@contextmanager
def _workers() -> Iterator[Executor]:
    """Threads that make files side by side: Typst works outside of Python, on another processor.

    When one file fails or the whole is broken off, those begun are waited for (each takes less
    than some seconds, and none is kept), the others are not begun.
    """
    workers = ThreadPoolExecutor(min(_MOST, os.cpu_count() or 1))
    try:
        yield workers
    finally:
        workers.shutdown(cancel_futures=True)


def content(
    view_model: Summary, form: Form, made_on: datetime.date, house: Path | None = None
) -> bytes:
    """What a file of one form holds: of the summary report, or of a document made like it."""
    return _maker(form, house)(view_model, made_on)


def _maker(form: Form, house: Path | None) -> Maker:
    """What makes a form; loads what it needs, which takes time."""
    if form == "pdf":
        from imfsurvey.report.pdf.summary import summary_pdf

        return summary_pdf
    if form == "docx" and house is not None and (house / WORD_FILE).is_file():
        from imfsurvey.report.docx.house import fill_word

        return partial(fill_word, house / WORD_FILE)
    if form == "docx":
        from imfsurvey.report.docx.blocks import summary_document

        return lambda view_model, made_on: summary_document(view_model, made_on).to_bytes()
    return lambda view_model, _: render(view_model, form, house).encode()


def put(path: Path, held: bytes) -> None:
    """Keep a document: whole or not at all, also when broken off. Raises `StorageError`."""
    with explained(path):
        make_folder(path.parent)
        try:
            replace_file(path, held, mode=0o644)
        finally:
            temporary(path).unlink(missing_ok=True)


def _file_name(wave: str) -> str:
    """The id of a wave without what could lead out of the folder."""
    return re.sub(r"[^\w.-]", "_", wave).lstrip(".") or "wave"
