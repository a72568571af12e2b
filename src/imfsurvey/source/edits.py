"""Writing translations into a YAML file: only the letters of the texts themselves change.

The file is edited as text, at the places that PyYAML's composer gives, and never dumped anew, so
comments, order, layout and quoting of everything else stay byte for byte. What comes out is read
back: unless its values are exactly the old ones with the translations, nothing is given.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

import yaml

from imfsurvey.i18n.catalogue import LANGUAGES
from imfsurvey.i18n.errors import InputError
from imfsurvey.source.document import MAX_BYTES, parse
from imfsurvey.source.places import Document, KeyPath, Value
from imfsurvey.source.problems import ProblemsFoundError

_LINE_END = re.compile("\r\n|\r|\n")
_HEADER = re.compile(r"[|>][-+0-9]*[ \t]*(#[^\r\n]*)?")
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
_BLANK: Final = " \t\r\n"


class _Edit(NamedTuple):
    """Letters from `start` up to `end` give way to others."""

    start: int
    end: int
    put: str


def with_texts(document: Document, language: str, texts: Mapping[KeyPath, str]) -> str:
    """The text of a document with texts in one language, each by the path of its block.

    Raises `InputError` (E181, E183) when that cannot be done without changing anything else.
    """
    made = _edited(document.text, _edits(document.text, language, texts))
    if len(made.encode("utf-8")) > MAX_BYTES:
        raise InputError(
            "IMF-E183",
            "With the translations {file} would be larger than {limit} bytes: nothing was "
            "changed. Split the file.",
            file=document.name,
            limit=MAX_BYTES,
        )
    _prove(document, made, language, texts)
    return made


def nodes_of(text: str) -> Any:
    """The nodes of a text that can be read, with their places; None of an empty one."""
    # No values are made: a loader that could build objects is not asked to.
    return yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def quoted(text: str) -> str:
    """A text as a double-quoted scalar on one line."""
    return '"' + "".join(_ESCAPES.get(letter, letter) for letter in text) + '"'


def newline_of(text: str) -> str:
    """The line end that a file uses first."""
    found = _LINE_END.search(text)
    return found.group() if found else "\n"


def says(text: str, name: str, wanted: Value) -> bool:
    """Whether a text, read as the file `name`, has exactly the values that it shall have."""
    try:
        return _canonical(parse(text, name).value) == _canonical(wanted)
    except ProblemsFoundError:
        return False


def _edits(text: str, language: str, texts: Mapping[KeyPath, str]) -> list[_Edit]:
    root = nodes_of(text)
    return [
        edit
        for path, value in texts.items()
        for edit in _one_text(text, _block(root, path), language, quoted(value))
    ]


def _block(node: Any, path: KeyPath) -> yaml.MappingNode:
    """The node of the block of languages at a path that the document has."""
    for part in path:
        if isinstance(node, yaml.SequenceNode):
            node = node.value[part]
        else:
            node = next(value for key, value in node.value if key.value == part)
    found: yaml.MappingNode = node
    return found


def _one_text(text: str, block: yaml.MappingNode, language: str, value: str) -> Iterable[_Edit]:
    for key, node in block.value:
        if key.value == language:
            return [_replaced(text, node, value)]
    pair = f"{language}: {value}"
    order = LANGUAGES.index(language)
    above = [node for key, node in block.value if LANGUAGES.index(key.value) < order]
    if block.flow_style:
        return _into_flow(text, block, above[-1] if above else None, pair)
    return [_into_block(text, block, above[-1] if above else None, pair)]


# --- another value --------------------------------------------------------------------------


def _replaced(text: str, node: yaml.ScalarNode, value: str) -> _Edit:
    """One scalar for another. Of a folded or literal one, the comment of its first line stays,
    and so do the empty lines behind it."""
    start, end = node.start_mark.index, node.end_mark.index
    if not _is_block_scalar(node):
        return _Edit(start, end, value)
    header = _HEADER.match(text, start)
    comment = f"  {header[1]}" if header and header[1] else ""
    body = text[start:end].rstrip(_BLANK)
    behind = text[start + len(body) : end].replace("\t", "")  # in it a tab was part of the text
    return _Edit(start, end, f"{value}{comment}{behind}")


def _is_block_scalar(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")


# --- another key ----------------------------------------------------------------------------


def _into_flow(
    text: str, block: yaml.MappingNode, above: yaml.ScalarNode | None, pair: str
) -> list[_Edit]:
    """`{fr: x}` with one more; the lone `fr: x` of a list `[fr: x]` gets braces first."""
    start, last = block.start_mark.index, block.value[-1][1].end_mark.index
    braces = [] if text[start] == "{" else [_Edit(start, start, "{"), _Edit(last, last, "}")]
    if above is None:
        first = start if braces else start + 1
        while text[first] in _BLANK:
            first += 1
        return [*braces[:1], _Edit(first, first, f"{pair}, "), *braces[1:]]
    end = above.end_mark.index
    return [*braces[:1], _Edit(end, end, f",{_gap(text, block)}{pair}"), *braces[1:]]


def _gap(text: str, block: yaml.MappingNode) -> str:
    """What stands between two keys of a flow mapping: a new line where each has one of its own."""
    lines = {key.start_mark.line for key, _ in block.value}
    if len(block.value) < 2 or len(lines) < len(block.value):
        return " "
    return newline_of(text) + " " * int(block.value[-1][0].start_mark.column)


def _into_block(
    text: str, block: yaml.MappingNode, above: yaml.ScalarNode | None, pair: str
) -> _Edit:
    """A line of its own, indented like its siblings."""
    newline, indent = newline_of(text), " " * int(block.start_mark.column)
    first = block.start_mark.index
    if above is None:
        return _Edit(first, first, f"{pair}{newline}{indent}")
    end = above.end_mark.index
    if not _is_block_scalar(above):
        at = _end_of_line(text, end)
        return _Edit(at, at, f"{newline}{indent}{pair}")
    start = above.start_mark.index
    body = text[start:end].rstrip(_BLANK)
    behind = text[start + len(body) : end]
    keeps = "+" in _first_line(text, start).split("#")[0]
    if behind and not behind.strip("\r\n") and not keeps:
        at = start + len(body)
        return _Edit(at, at, f"{newline}{indent}{pair}")
    if text[:end].endswith(("\r", "\n")):  # the empty lines belong to the text above
        return _Edit(end, end, f"{indent}{pair}{newline}")
    # The text above ends with the file: a line break behind it would become a part of it.
    return _Edit(first, first, f"{pair}{newline}{indent}")


def _end_of_line(text: str, index: int) -> int:
    found = _LINE_END.search(text, index)
    return found.start() if found else len(text)


def _first_line(text: str, index: int) -> str:
    return text[index : _end_of_line(text, index)]


# --- the result -----------------------------------------------------------------------------


def _edited(text: str, edits: Iterable[_Edit]) -> str:
    """All edits done; those at one place in the order in which they were asked for."""
    parts, at = [], 0
    for edit in sorted(edits, key=lambda one: one.start):
        parts += [text[at : edit.start], edit.put]
        at = edit.end
    return "".join([*parts, text[at:]])


def _prove(document: Document, made: str, language: str, texts: Mapping[KeyPath, str]) -> None:
    """Read the result back. Raises `InputError` unless it is the old values with the texts."""
    wanted = copy.deepcopy(document.value)
    for path, text in texts.items():
        block = wanted
        for part in path:
            block = block[part]
        block[language] = text
    if not says(made, document.name, wanted):
        raise InputError(
            "IMF-E181",
            "The texts of {file} cannot be replaced without changing something else: nothing "
            "was changed. Write the texts of each language on lines of their own, in quotes.",
            file=document.name,
        )


def _canonical(value: Value) -> str:
    """Tells 1, 1.0 and true apart, which Python takes for equal."""
    return json.dumps(value, sort_keys=True)
