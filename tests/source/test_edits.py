"""Translations written into YAML files of any layout: exactly they change, and nothing else.

Values are read by PyYAML's `BaseLoader`, which knows nothing of this project.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from plainvalues import at

from imfsurvey.i18n.catalogue import LANGUAGES
from imfsurvey.i18n.errors import InputError
from imfsurvey.source import edits
from imfsurvey.source.document import MAX_BYTES, parse
from imfsurvey.source.edits import with_texts

COMMENT = re.compile(r"# c\d+")

# --- files of every layout --------------------------------------------------------------------

WORDS = st.lists(
    st.sampled_from(["oui", "le chef", "d'accord", "été", "😀"]), min_size=1, max_size=3
)
STYLES = ("plain", "single", "double", "wrapped", "broken", "literal", "keep", "strip", "folded")
COMMENTS = st.booleans()


@st.composite
def scalars(draw: st.DrawFn, indent: int, flow: bool) -> str:
    """A value as it may be written behind a key, without its line end."""
    words = draw(WORDS)
    style = draw(st.sampled_from(STYLES[:5] if flow else STYLES))
    below = "\n" + " " * (indent + 2)
    head = " # c0" if draw(COMMENTS) else ""
    tail = draw(st.sampled_from(["", "\n", "\n\n", f"{below}  "]))
    lines = below.join(words)
    return {
        "plain": " ".join(words),
        "single": "'" + " ".join(words).replace("'", "''") + "'",
        "double": '"' + " ".join(words) + ' \\" # no comment"',
        "wrapped": '"' + lines + '"',
        "broken": lines,
        "literal": f"|{head}{below}# text{below}{lines}{tail}",
        "keep": f"|+{head}{below}{lines}{tail}",
        "strip": f"|-{head}{below}{lines}{tail}",
        "folded": f">{head}{below}{lines}{tail}",
    }[style]


@st.composite
def blocks(draw: st.DrawFn, indent: int, languages: list[str]) -> str:
    """A text as a block mapping; its first key stands where the block begins."""
    pairs = []
    for language in languages:
        value = draw(scalars(indent, False))
        explicit = "\n" not in value and draw(st.integers(0, 9)) == 0
        pair = f"? {language}\n{' ' * indent}: {value}" if explicit else f"{language}: {value}"
        if draw(COMMENTS) and value[0] not in "|>":
            pair += "  # c0"
        if draw(COMMENTS):
            pair += f"\n{' ' * indent}# c0"
        pairs.append(pair)
    return f"\n{' ' * indent}".join(pairs)


@st.composite
def flows(draw: st.DrawFn, indent: int, languages: list[str]) -> str:
    """A text between braces, on one line or on several."""
    pairs = [f"{one}: {draw(scalars(indent, True))}" for one in languages]
    line = f"\n{' ' * (indent + 2)}"
    between = draw(st.sampled_from([", ", ",", f",{line}", f",  # c0{line}", f"  # c0{line}, "]))
    opening = draw(st.sampled_from(["{", "{ ", "{" + line, "{  # c0" + line]))
    closing = draw(st.sampled_from(["}", " }", ",}", f"  # c0{line}" + "}"]))
    return opening + between.join(pairs) + closing


@st.composite
def files(draw: st.DrawFn) -> str:
    """A file with some texts, at the places where a questionnaire has them."""
    parts = ["# c0"] if draw(COMMENTS) else []
    for number in range(draw(st.integers(1, 4))):
        order = draw(st.permutations(LANGUAGES))
        languages = order[: draw(st.integers(1, 4))]
        place = draw(st.sampled_from(["below", "entry", "flow", "flow entry", "lone"]))
        if place == "below":
            parts.append(f"t{number}:\n    " + draw(blocks(4, languages)))
        elif place == "entry":
            parts.append(f"t{number}:\n  - " + draw(blocks(4, languages)))
        elif place == "flow":
            parts.append(f"t{number}: " + draw(flows(2, languages)))
        elif place == "flow entry":
            parts.append(f"t{number}: [" + draw(flows(2, languages)) + "]")
        else:
            parts.append(f"t{number}: [{languages[0]}: oui , x, ? {languages[-1]} : non]")
        if draw(COMMENTS):
            parts.append("# c0")
    number = iter(range(1000))
    text = COMMENT.sub(lambda _: f"# c{next(number)}", "\n".join(parts))
    text += draw(st.sampled_from(["", "\n", "\n\n# end"]))
    return text.replace("\n", "\r\n") if draw(st.booleans()) else text


TEXTS = st.text(
    st.one_of(
        st.sampled_from("\"'\\\n\t #:{}[],&*!|>%@`-?é\u00a0😀"), st.characters(codec="ascii")
    ),
    min_size=1,
).filter(lambda text: not re.search("[\0-\x08\x0b-\x1f\x7f]", text))


def paths(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Where the texts of such a file are."""
    if isinstance(value, list):
        below = [paths(inner, (*path, index)) for index, inner in enumerate(value)]
    elif isinstance(value, dict) and not set(value) <= set(LANGUAGES):
        below = [paths(inner, (*path, key)) for key, inner in value.items()]
    else:
        return [path] if isinstance(value, dict) else []
    return [one for some in below for one in some]


def written(node: Any, text: str, path: tuple[Any, ...] = ()) -> dict[tuple[Any, ...], str]:
    """Every scalar of a file as it is written, by its path."""
    if isinstance(node, yaml.ScalarNode):
        return {path: text[node.start_mark.index : node.end_mark.index].rstrip()}
    if isinstance(node, yaml.SequenceNode):
        below = [written(inner, text, (*path, index)) for index, inner in enumerate(node.value)]
    else:
        below = [written(inner, text, (*path, key.value)) for key, inner in node.value]
    return {place: how for some in below for place, how in some.items()}


@given(files(), st.sampled_from(LANGUAGES), st.data())
def test_exactly_the_translations_change(text: str, language: str, data: st.DataObject) -> None:
    """In any layout: the values are the old ones and the translations, every comment is there,
    and everything else is written as before."""
    before = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - it makes texts only
    chosen = data.draw(st.lists(st.sampled_from(paths(before)), unique=True))
    texts = {path: data.draw(TEXTS) for path in chosen}
    made = with_texts(parse(text), language, texts)
    changed = {(*path, language) for path in chosen}
    old, new = (written(yaml.compose(one), one) for one in (text, made))
    for path, value in texts.items():
        at(before, path)[language] = value
    assert yaml.load(made, Loader=yaml.BaseLoader) == before  # noqa: S506
    assert COMMENT.findall(made) == COMMENT.findall(text)
    assert {k: v for k, v in old.items() if k not in changed} == {
        k: v for k, v in new.items() if k not in changed
    }
    assert ("\r\n" in text) <= (re.search("(?<!\r)\n", made) is None)
    assert chosen or made == text


# --- how it looks -----------------------------------------------------------------------------

LAYOUTS = {
    "a line of its own, in the order of languages": (
        "t:\n  fr: a  # one\n  en: c\n",
        't:\n  fr: a  # one\n  nl: "x"\n  en: c\n',
    ),
    "the first": ("t:\n  en: c", 't:\n  nl: "x"\n  en: c'),
    "the last, in a file without a last line end": ("t:\n  fr: a", 't:\n  fr: a\n  nl: "x"'),
    "before the empty lines": (
        "t:\n  fr: |\n    a\n\nz: 1",
        't:\n  fr: |\n    a\n  nl: "x"\n\nz: 1',
    ),
    "before the empty lines, whatever a comment says": (
        "t:\n  fr: |  # a + b\n    a\n\nz: 1",
        't:\n  fr: |  # a + b\n    a\n  nl: "x"\n\nz: 1',
    ),
    "for one that ends with a tab": (
        "t:\n  nl: |\n    a\n    \t\nz: 1",
        't:\n  nl: "x"\n    \nz: 1',
    ),
    "behind what it keeps": (
        "t:\n  fr: |+\n    a\n\nz: 1",
        't:\n  fr: |+\n    a\n\n  nl: "x"\nz: 1',
    ),
    "not behind an open end": ("t:\n  fr: |\n    a", 't:\n  nl: "x"\n  fr: |\n    a'),
    "between braces": ("t: {fr: a, de: d}", 't: {fr: a, nl: "x", de: d}'),
    "first between braces": ("t: { de: d}", 't: { nl: "x", de: d}'),
    "on several lines": ("t: {fr: a,\n    de: d}", 't: {fr: a,\n    nl: "x",\n    de: d}'),
    "in a list without braces": ("t: [fr: a]", 't: [{fr: a, nl: "x"}]'),
    "for another": ("t: {nl: old, fr: a}", 't: {nl: "x", fr: a}'),
    "for one on several lines": (
        "t:\n  nl: >-  # c1\n    o\n    l\n\nz: 1",
        't:\n  nl: "x"  # c1\n\nz: 1',
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_where_a_translation_is_put(layout: str) -> None:
    """Beside its siblings and written as they are; written down by hand."""
    text, wanted = LAYOUTS[layout]
    path = ("t", 0) if "[" in text else ("t",)
    assert with_texts(parse(text), "nl", {path: "x"}) == wanted


def test_escapes() -> None:
    """What means something between double quotes is escaped, the rest is not."""
    made = with_texts(parse("t: {fr: a}"), "fr", {("t",): 'a "b" \\n\n\tc é'})
    assert made == 't: {fr: "a \\"b\\" \\\\n\\n\\tc é"}'


def test_what_cannot_be_proved_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """An edit that would change another value, or break the file, ends with E181."""
    for wrong in ('"x", en: "y"', '"x'):
        monkeypatch.setattr(edits, "quoted", lambda _, wrong=wrong: wrong)
        with pytest.raises(InputError) as caught:
            with_texts(parse("t: {fr: a}"), "nl", {("t",): "x"})
        assert caught.value.code == "IMF-E181"


def test_a_file_that_would_be_too_large() -> None:
    """A file that could not be read again is not made: E183; the limit is within the limit."""
    room = (MAX_BYTES - len('t: {fr: a, nl: ""}')) // 2
    assert len(with_texts(parse("t: {fr: a}"), "nl", {("t",): "é" * room}).encode()) == MAX_BYTES
    with pytest.raises(InputError) as caught:
        with_texts(parse("t: {fr: a}"), "nl", {("t",): "é" * room + "x"})
    assert caught.value.code == "IMF-E183"
