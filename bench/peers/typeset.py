"""Typst alone: compiles what a report gave it once, and nothing else. The floor of a report."""

import json
import sys
from pathlib import Path

import typst

fonts = typst.Fonts(include_system_fonts=False, font_paths=[sys.argv[2]])
for call in json.loads(Path(sys.argv[1]).read_text("utf-8")):
    file, options = call["file"], call["options"]
    made = typst.compile(file, font_paths=fonts, **options)
    Path(sys.argv[3]).write_bytes(made)
