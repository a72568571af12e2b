"""The wheel holds all that the program reads at run time, and works where nothing else is."""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BESIDE_CODE = (".py", ".po", ".tcss", ".j2", ".css", ".typ", ".ttf")


def ran(words: Sequence[str | Path], folder: Path, **environ: str) -> str:
    """What a program prints; it must end well."""
    done = subprocess.run(
        words, cwd=folder, env=environ or None, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def built(target: str, source: Path, folder: Path) -> Path:
    """A wheel or an sdist of a tree, without network and without a separate environment."""
    build = [sys.executable, "-m", "hatchling", "build", "--target", target]
    ran([*build, "--directory", folder], source)
    (file,) = folder.glob("imfsurvey-*")
    return file


@pytest.fixture(scope="module")
def wheel_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree."""
    return built("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def wheel(wheel_file: Path) -> zipfile.ZipFile:
    """The wheel, opened."""
    return zipfile.ZipFile(wheel_file)


def test_the_wheel_holds_code_texts_styles_templates_and_fonts(wheel: zipfile.ZipFile) -> None:
    """Every module, catalogue, style sheet, template and font of the tree is in the wheel."""
    source = ROOT / "src"
    expected = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*")
        if path.suffix in BESIDE_CODE or path.name in ("py.typed", "OFL.txt")
    }
    assert "imfsurvey/i18n/locales/fr.po" in expected
    assert "imfsurvey/report/pdf/fonts/OFL.txt" in expected
    assert expected <= set(wheel.namelist())


def test_the_wheel_holds_the_questionnaires(wheel: zipfile.ZipFile) -> None:
    """Every shipped questionnaire and framework is in the wheel, byte for byte."""
    folder = ROOT / "questionnaires"
    shipped = {
        f"imfsurvey/{path.relative_to(ROOT).as_posix()}": path.read_bytes()
        for path in folder.rglob("*.yaml")
    }
    assert shipped
    assert {name: wheel.read(name) for name in shipped} == shipped


def test_the_wheel_has_the_command(wheel: zipfile.ZipFile) -> None:
    """Installing the wheel gives the command `imfsurvey`."""
    name = next(name for name in wheel.namelist() if name.endswith("/entry_points.txt"))
    assert "imfsurvey = imfsurvey.__main__:main" in wheel.read(name).decode()


def test_the_sdist_gives_the_same_wheel(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    """Who builds from the source archive gets every file of the wheel, byte for byte."""
    with tarfile.open(built("sdist", ROOT, tmp_path / "sdist")) as archive:
        archive.extractall(tmp_path, filter="data")
    (tree,) = tmp_path.glob("imfsurvey-*")
    assert (tree / "docs" / "architecture.md").is_file()
    again = zipfile.ZipFile(built("wheel", tree, tmp_path / "again"))
    assert {name: again.read(name) for name in again.namelist()} == {
        name: wheel.read(name) for name in wheel.namelist()
    }


@pytest.mark.system
def test_installed_alone_it_works(wheel_file: Path, tmp_path: Path) -> None:
    """A new environment, the locked packages and the wheel: a whole study, and no source tree."""
    python = Path(sys.base_prefix, "bin", "python3")  # .venv has no pip of its own
    place = tmp_path / "installed"
    ran([python, "-m", "venv", "--without-pip", place], tmp_path)
    into = ["--python", place / "bin" / "python"]
    uv = shutil.which("uv")  # as dev.py: uv where it is, else pip
    install = [uv, "pip", "install", *into] if uv else [python, "-m", "pip", *into, "install"]
    ran([*install, "--quiet", "--require-hashes", "-r", ROOT / "requirements.lock"], ROOT)
    ran([*install, "--quiet", "--no-deps", "--no-index", wheel_file], tmp_path)
    alone = {"PATH": os.defpath, "HOME": str(tmp_path), "LANG": "nl_BE.UTF-8"}
    program = place / "bin" / "imfsurvey"
    name = ran([program, "--version"], tmp_path, **alone)
    assert name.split() == ["imfsurvey", wheel_file.name.split("-")[1]]
    ran([program, "demo", "zone"], tmp_path, **alone)
    waves = ran([program, "--study", "zone", "wave", "list"], tmp_path, **alone).split()
    assert "2025-zero" in waves
    ran([program, "--study", "zone", "report", "2025-zero"], tmp_path, **alone)
    for form in ("html", "pdf"):
        assert list((tmp_path / "zone" / "reports").glob(f"*.nl.{form}"))
    assert ran(
        [place / "bin" / "python", "-c", "import imfsurvey as i; print(i.__file__)"], tmp_path
    )
