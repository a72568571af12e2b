"""Collects the texts of the interface and renews the translation catalogues.

`python3 dev.py po [LANGUAGE FILE ...]` runs this. Collected are, as string literals:

- the first argument of `t("...")`, `_("...")` and `N_("...")`, the first two of `t.plural(...)`;
- the template of an error or problem: the second argument of one of the error classes or of any
  call whose first argument is a problem code such as "IMF-E021";
- in templates (`*.j2`), what `_`, `t`, `gettext`, `ngettext` and `{% trans %}` hold.

Both branches of a conditional expression count as literals.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "imfsurvey"
LOCALES = SOURCE / "i18n" / "locales"
LANGUAGES = ("fr", "nl", "de")  # English is the msgid itself

MARKERS = frozenset({"t", "_", "N_"})
ERRORS = frozenset({"InputError", "RefusedError", "StorageError"})
CODE = re.compile(r"[A-Z]+-[A-Z]\d+")
TEMPLATE_MARKERS = ("_", "t", "gettext", "ngettext")

Message = str | tuple[str, str]
"""A msgid, or the singular and the plural one."""


def main(args: list[str]) -> None:
    """Renew every catalogue; take translations of one language from further files."""
    messages = collected()
    for language in LANGUAGES:
        catalogue = renewed(language, messages)
        if args[:1] == [language]:
            for fragment in args[1:]:
                fill(catalogue, Path(fragment))
        write(catalogue)
        missing = [message for message in catalogue if message.id and not is_translated(message)]
        print(f"{language}: {len(messages)} texts, {len(missing)} not translated")


def collected() -> dict[Message, set[str]]:
    """All texts of source and templates, with the files (relative to the project) they are in."""
    found: dict[Message, set[str]] = {}
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix == ".py":
            messages = in_python(path.read_text("utf-8"))
        elif path.suffix == ".j2":
            messages = in_template(path)
        else:
            continue
        for message in messages:
            found.setdefault(message, set()).add(path.relative_to(ROOT).as_posix())
    return found


def in_python(source: str) -> Iterator[Message]:
    """The texts of a Python module."""
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call):
            continue
        name = getattr(call.func, "id", None) or getattr(call.func, "attr", None)
        first, second = [[*literals(arg)] for arg in (*call.args, None, None)[:2]]
        if name == "plural":
            yield from zip(first, second, strict=False)
        elif name in MARKERS:
            yield from first
        elif name in ERRORS or any(CODE.fullmatch(text) for text in first):
            named = [kw.value for kw in call.keywords if kw.arg == "template"]
            yield from second or (text for value in named for text in literals(value))


def literals(node: ast.expr | None) -> Iterator[str]:
    """The strings that an expression is, or may be."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=otherwise):
            yield from literals(body)
            yield from literals(otherwise)


def in_template(path: Path) -> Iterator[Message]:
    """The texts of a Jinja template."""
    options = {"extensions": "jinja2.ext.do,jinja2.ext.loopcontrols", "silent": "false"}
    with path.open("rb") as file:
        for _line, name, message, _comments in babel_extract(file, TEMPLATE_MARKERS, [], options):
            texts = [message] if isinstance(message, str) else [m for m in message if m]
            if name == "ngettext" or (name is None and len(texts) > 1):
                yield (texts[0], texts[1])
            elif texts:
                yield texts[0]


def renewed(language: str, messages: dict[Message, set[str]]) -> Catalog:
    """The catalogue of a language with exactly these messages and the translations it has."""
    catalogue = read(LOCALES / f"{language}.po", language)
    template = Catalog(fuzzy=False)
    for message, files in messages.items():
        template.add(message, locations=[(file, None) for file in sorted(files)])
    # No guessing of similar texts: a wrong translation is worse than a missing one.
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    return catalogue


def read(path: Path, language: str) -> Catalog:
    """The catalogue in a file."""
    with path.open("rb") as file:
        return read_po(file, locale=language, charset="utf-8", abort_invalid=True)


def fill(catalogue: Catalog, fragment: Path) -> None:
    """Take over the translations of another file, in place of those the catalogue has."""
    for message in read(fragment, str(catalogue.locale)):
        ours = catalogue.get(message.id) if message.id else None
        if ours is None:
            if message.id:
                print(f"{fragment}: nobody asks for {message.id!r}", file=sys.stderr)
        elif is_translated(message):
            ours.string = message.string


def is_translated(message: object) -> bool:
    """Whether every form of a message has a translation."""
    string = getattr(message, "string", "")
    return all(string) if isinstance(string, tuple | list) else bool(string)


def write(catalogue: Catalog) -> None:
    """Write a catalogue: sorted, one line a text, no dates, so that changes merge line by line."""
    path = LOCALES / f"{catalogue.locale}.po"
    header = (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {catalogue.locale}\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Plural-Forms: {catalogue.plural_forms}\\n"\n\n'
    )
    with path.open("wb") as file:
        file.write(header.encode())
        write_po(
            file,
            catalogue,
            width=0,
            omit_header=True,
            sort_output=True,
            ignore_obsolete=True,
            include_lineno=False,
        )


if __name__ == "__main__":
    main(sys.argv[1:])
