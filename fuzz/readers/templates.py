"""An office's own templates of the report: texts for Jinja, and Word documents."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Sequence
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
from changing import changed_bytes
from mutations import changed
from reading import Input

from imfsurvey.report import bounded
from imfsurvey.report.docx.house import example
from imfsurvey.report.sample import sample
from imfsurvey.report.templating import (
    FILES,
    SHIPPED,
    WORD_FILE,
    check_templates,
    copy_templates,
    environment,
)
from imfsurvey.source.problems import ProblemsFoundError

_SAID = (
    *("{{ summary.__class__.__mro__ }}", "{{ ''.__class__.__base__.__subclasses__() }}"),
    *("{{ _.__globals__ }}", "{{ self._TemplateReference__context }}", "{{ cycler.__init__ }}"),
    *(
        "{% include '/etc/passwd' %}",
        "{% include '../../../../etc/passwd' %}",
        "{% import 'x' as y %}",
    ),
    *(
        "{% extends 'summary.md.j2' %}",
        "{% include 'summary.html.j2' %}",
        "{% include 'summary.md.j2' %}",
    ),
    *(
        "{{ 9 ** 9 ** 9 }}",
        "{{ 'x' * 10 ** 10 }}",
        "{{ '%0999999999d' % 1 }}",
        "{{ range(10 ** 9) }}",
    ),
    *(
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{{ 1 / 0 }}",
    ),
    *("{{ '{0.__class__}'.format(1) }}", "{{ 'x'|center(10 ** 9) }}", "{{ lipsum(n=10 ** 6) }}"),
    *("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "{{ summary.sections[99] }}", "{% raw %}"),
    *(
        "{{ summary.title|attr('__class__') }}",
        "{{ nothing }}",
        "{% for x in summary %}{% endfor %}",
    ),
    *(
        "{{ summary.title(1) }}",
        "{{ _('{nothing}') }}",
        "{{ _('{a.b}', a=1) }}",
        "{{ _(1) }}",
        "{{ _() }}",
    ),
    *(
        "{% set summary = 1 %}",
        "{{ summary.tiles|map(attribute='x')|sum }}",
        "{{ 'a' < 1 }}",
        "{{ {}[[]] }}",
    ),
    *(
        "{% call 1 %}{% endcall %}",
        "{{ summary.title|nofilter }}",
        "{% do 1 %}",
        "{{ [1]|sort(1, 2, 3, 4) }}",
    ),
    *(
        "{% set n = namespace(s='xx') %}{% for i in range(60) %}{% set n.s = n.s ~ n.s %}"
        "{% endfor %}",
    ),
    *(
        "{{ {'a': 1}.update }}",
        "{{ summary.facts|join(1) }}",
        "{{ 'x'|indent(10 ** 9) }}",
        "{{ debug() }}",
    ),
)
_WORD = 100
"""Of so many inputs, one is a Word document, which takes long to fill."""


_compiled: dict[tuple[object, ...], CodeType] = {}
_COMPILE = jinja2.Environment.compile


def _compile_once(
    self: jinja2.Environment, source: Any, name: str | None = None, filename: str | None = None
) -> CodeType:
    """What Jinja makes of a template; of a shipped one, which stays as it is, once."""
    if filename is None or not filename.startswith(str(SHIPPED)):
        return _COMPILE(self, source, name, filename)
    key = (self.finalize, name, filename)
    if key not in _compiled:
        _compiled[key] = _COMPILE(self, source, name, filename)
    return _compiled[key]


jinja2.Environment.compile = _compile_once  # type: ignore[method-assign, assignment]


class Templates:
    """Templates of a folder, checked as `imfsurvey template check` does."""

    seconds = 40

    def __init__(self, folder: Path) -> None:
        bounded.SECONDS = 1.0  # the same end, only sooner
        self._folder, self._sample = folder / "office", sample("fr")
        copy_templates(self._folder)
        for path in self._folder.iterdir():
            path.unlink()
        self._texts = {name: (SHIPPED / name).read_text("utf-8") for name in FILES}
        self._word = example("fr")

    def make(self, rng: random.Random) -> Input:
        """One template."""
        if rng.randrange(_WORD) == 0:
            return Input(self._document(rng), WORD_FILE)
        name = rng.choice(FILES)
        text = self._texts[name]
        kind = rng.randrange(4)
        if kind == 0:
            return Input(changed_bytes(rng, text.encode()), name)
        if kind == 1:
            at = rng.choice([0, *(n + 1 for n, letter in enumerate(text) if letter == "\n")])
            return Input((text[:at] + rng.choice(_SAID) + text[at:]).encode(), name)
        return Input(changed(rng, text), name)

    def _document(self, rng: random.Random) -> bytes:
        if rng.random() < 0.3:
            return changed_bytes(rng, self._word)
        with zipfile.ZipFile(io.BytesIO(self._word)) as archive:
            members = {one.filename: archive.read(one) for one in archive.infolist()}
        name = "word/document.xml" if rng.random() < 0.7 else rng.choice(list(members))
        text = members[name].decode("utf-8", "replace")
        if rng.random() < 0.4:
            text = text.replace("{{ summary.title }}", rng.choice(_SAID), 1)
            members[name] = text.encode()
        else:
            members[name] = changed(rng, text)
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        return made.getvalue()

    def read(self, given: Input) -> Sequence[str]:
        """Fill it with a sample of a report."""
        file = self._folder / given.name
        file.write_bytes(given.data)
        environment.cache_clear()  # it remembers which templates there are
        try:
            found = check_templates(self._folder, self._sample)
        finally:
            file.unlink()
        if found:
            raise ProblemsFoundError(found)
        return []
