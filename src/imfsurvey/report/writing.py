"""The summary report as files: every language in every form, whole or not at all."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Literal

from imfsurvey.report.document import Summary
from imfsurvey.report.render import render
from imfsurvey.report.summary import summary
from imfsurvey.report.templating import WORD_FILE, require_templates
from imfsurvey.store.disk import explained, make_folder, replace_file, temporary
from imfsurvey.study.actions.action import Action
from imfsurvey.study.results import WaveResults

Form = Literal["html", "pdf", "docx", "md"]

FORMS: Final[tuple[Form, ...]] = ("html", "pdf", "docx", "md")


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

    They are named `<wave>-summary.<language>.<form>`. A file appears whole or not at all; `wrote`
    is called after each. `actions`: the action plan of the study. HTML, Markdown and Word follow
    the templates of `house` where it has them. Raises `StorageError` when the folder cannot be
    written, `ProblemsFoundError` for a template that cannot be used, `RefusedError` (IMF-R110) for
    one of Word without its library.
    """
    if house is not None:
        require_templates(house)
        if "docx" in forms and (house / WORD_FILE).is_file():
            from imfsurvey.report.docx.house import require_library

            require_library()  # before anything is written
    written = []
    for language in languages:
        view_model = summary(waves, language, made_on, actions)
        for form in forms:
            path = folder / f"{_file_name(view_model.wave)}-summary.{language}.{form}"
            put(path, content(view_model, form, made_on, house))
            written.append(path)
            wrote(path)
    return written


def content(
    view_model: Summary, form: Form, made_on: datetime.date, house: Path | None = None
) -> bytes:
    """What a file of one form holds: of the summary report, or of a document made like it."""
    if form == "pdf":
        from imfsurvey.report.pdf.summary import summary_pdf  # Typst behind it takes time

        return summary_pdf(view_model, made_on)
    if form == "docx" and house is not None and (house / WORD_FILE).is_file():
        from imfsurvey.report.docx.house import fill_word  # so does python-docx

        return fill_word(house / WORD_FILE, view_model, made_on)
    if form == "docx":
        from imfsurvey.report.docx.blocks import summary_document  # so does python-docx

        return summary_document(view_model, made_on).to_bytes()
    return render(view_model, form, house).encode()


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
