"""Plugins of pydantic, which would be handed everything that a model is made of."""

import os
import subprocess
import sys
from pathlib import Path

PLUGIN = """
print("loaded")

class Plugin:
    def new_schema_validator(self, *args, **named):
        return None, None, None

plugin = Plugin()
"""
READING = "from imfsurvey.study.ticketfile import BookFile; print(BookFile.__name__)"
"""The one file of the study whose models are built when they are made."""


def ran(folder: Path, program: str) -> str:
    """What a program prints where a package that brings a plugin is installed in a folder."""
    # Our own switch, which this process may have set already, must not be there from outside.
    around = {name: said for name, said in os.environ.items() if name != "PYDANTIC_DISABLE_PLUGINS"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**around, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_no_plugin_sees_what_is_read(tmp_path: Path) -> None:
    """A plugin that pydantic would load for anybody else is not even looked for."""
    (tmp_path / "curious.py").write_text(PLUGIN, "utf-8")
    about = tmp_path / "curious-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: curious\nVersion: 1\n", "utf-8")
    (about / "entry_points.txt").write_text("[pydantic]\ncurious = curious:plugin\n", "utf-8")
    plain = "from pydantic import BaseModel\nclass One(BaseModel):\n    n: int\nprint(One(n=1).n)"
    assert ran(tmp_path, plain) == "loaded\n1\n"
    assert ran(tmp_path, READING) == "BookFile\n"
