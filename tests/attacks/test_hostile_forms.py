"""A form sent by somebody who means harm: it is refused with listed problems, or it is only text.

Whoever checks, opens or reports a form runs nothing that stands in it. The forms go through the
real command line, in a process of its own, so that nothing here could hide a crash.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

FORM = """\
imfsurvey: 1
questionnaire:
  id: hostile
  version: "1"
  kind: self_assessment
  framework: be.police.imf
  title: {en: "Form"}
  languages: [en]
  default_language: en
privacy: {mode: named}
sections:
  - id: part
    title: {en: "Part"}
    items:
      - id: seen
        type: yes_no
        text: {en: "Seen?"}
      - id: what
        type: text
        text: {en: "What?"}
"""

BOMB = "a: &a [x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)

REFUSED = {
    "python object": FORM.replace('"Form"', "!!python/object/apply:os.system ['touch pwned']"),
    "python name": FORM.replace('"Form"', "!!python/name:os.system"),
    "own tag": FORM.replace('"Form"', "!include /etc/hostname"),
    "a bomb of aliases": FORM + BOMB,
    "a merge key": FORM.replace("privacy: {mode: named}", "privacy: {<<: {mode: named}}"),
    "a million brackets": FORM + "x: " + "[" * 1_000_000,
    "two documents": FORM + "---\nimfsurvey: 1\n",
    "right to left": FORM.replace('"Form"', '"Form\u202egpj.exe"'),
    "an escape sequence": FORM.replace('"Form"', r'"\e]0;pwned\a"'),
    "a huge text": FORM.replace('"What?"', '"' + "x" * 1_100_000 + '"'),
}

CONDITIONS = {
    "an import": "__import__('os').system('touch pwned') == 0",
    "an open file": "open('/etc/hostname').read() == 'x'",
    "attributes": "seen.__class__.__mro__ == 'x'",
    "a lambda": "(lambda: 1)() == 1",
    "a subscript": "seen[0] == 'y'",
    "a format string": "f'{seen}' == 'yes'",
    "an exponent": "9**9**9**9 > 1",
    "a comprehension": "[x for x in seen] == 1",
    "ten thousand brackets": "(" * 10_000 + "1" + ")" * 10_000 + " == 1",
    "a long chain": " or ".join(["seen == 'yes'"] * 10_000),
    "nested quantifiers": "matches(what, '(a+)+$')",
    "overlapping quantifiers": "matches(what, '(a|a)*$')",
    "many quantifiers": "matches(what, '" + "a*" * 40 + "$')",
    "a backreference": r"matches(what, '(a)\\1')",
    "lookaround": "matches(what, '(?=a)a')",
    "a number without end": "1" * 5_000 + " > seen",
    "letters that look alike": "ѕeen == 'yes'",
    "a walrus": "(x := 1) == 1",
}

TEXTS = {
    "a template": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "a statement": "{% for x in range(10**9) %}x{% endfor %}",
    "a script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "markup": "[@click=app.quit]press[/] [b",
}


def check(folder: Path, form: str) -> tuple[int, list[dict[str, object]], str]:
    """`imfsurvey check --json` on a form: exit code, problems, what was said on stderr."""
    folder.joinpath("form.yaml").write_text(form, "utf-8")
    done = run(folder, "check", "--json", "form.yaml")
    found = json.loads(done.stdout)
    return done.returncode, found["problems"], done.stderr


def run(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """A command in a process that may use 20 seconds of the processor and 1 GiB of memory."""

    def limits() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
        resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))

    return subprocess.run(
        [sys.executable, "-m", "imfsurvey", *args],
        cwd=folder,
        env={**os.environ, "LANG": "C.UTF-8", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limits,
    )


@pytest.mark.parametrize("form", REFUSED.values(), ids=REFUSED)
def test_a_hostile_file_is_refused(tmp_path: Path, form: str) -> None:
    """With listed problems that have a place, no traceback, and nothing run."""
    code, problems, said = check(tmp_path, form)
    assert code == 1
    assert problems
    assert all(str(one["code"]).startswith("IMF-E") for one in problems)
    assert "Traceback" not in said
    assert sorted(one.name for one in tmp_path.iterdir()) == ["form.yaml"]


@pytest.mark.parametrize("condition", CONDITIONS.values(), ids=CONDITIONS)
def test_a_hostile_condition_is_refused(tmp_path: Path, condition: str) -> None:
    """At its own line, whatever it would do elsewhere."""
    escaped = json.dumps(condition, ensure_ascii=False)
    code, problems, said = check(tmp_path, f"{FORM}        show_if: {escaped}\n")
    assert code == 1
    assert {one["line"] for one in problems} == {len(FORM.splitlines()) + 1}
    assert "Traceback" not in said
    assert sorted(one.name for one in tmp_path.iterdir()) == ["form.yaml"]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_hostile_text_is_nothing_but_text(tmp_path: Path, text: str) -> None:
    """Doubled braces print braces; single ones name no item, so they are refused."""
    form = FORM.replace('"What?"', json.dumps(text))
    code, problems, said = check(tmp_path, form)
    assert "Traceback" not in said
    assert code == (1 if "{%" in text else 0)
    assert bool(problems) == (code == 1)
