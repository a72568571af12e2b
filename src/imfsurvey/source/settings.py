"""Changing one setting of a YAML file: every other letter of it, comments too, stays as it was."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

import yaml

from imfsurvey.i18n.errors import InputError
from imfsurvey.source.edits import newline_of, nodes_of, quoted, says
from imfsurvey.source.places import Document


def with_block(document: Document, name: str, block: Mapping[str, str]) -> str:
    """The text of a document whose top-level setting `name` holds the texts of `block`.

    It is replaced where it stands, else added at the end. What comes out is read back: unless
    its values are the old ones with the new block, `InputError` T425 is raised.
    """
    pairs = ", ".join(f"{key}: {quoted(value)}" for key, value in block.items())
    made = _put(document.text, name, f"{name}: {{{pairs}}}")
    wanted = copy.deepcopy(document.value)
    wanted[name] = dict(block)
    if not says(made, document.name, wanted):
        raise InputError(
            "IMF-T425",
            "'{name}' of {file} cannot be written without changing something else: nothing was "
            "changed. Write this line into it yourself: {line}",
            name=name,
            file=document.name,
            line=f"{name}: {{{pairs}}}",
        )
    return made


def _put(text: str, name: str, line: str) -> str:
    root = nodes_of(text)
    for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
        if key.value == name:
            return text[: key.start_mark.index] + line + text[_end(value) :]
    newline = newline_of(text)
    gap = "" if text.endswith(("\n", "\r")) or not text else newline
    return f"{text}{gap}{line}{newline}"


def _end(node: Any) -> int:
    """Where what a value says ends; a block's own end lies behind the comments that follow it."""
    if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
        return _end(node.value[-1][1])
    if isinstance(node, yaml.SequenceNode) and not node.flow_style and node.value:
        return _end(node.value[-1])
    return int(node.end_mark.index)
