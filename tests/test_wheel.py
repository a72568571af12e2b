"""The wheel holds all that the program reads at run time."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BESIDE_CODE = (".py", ".po", ".tcss", ".j2", ".css", ".typ", ".ttf")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel, built without network and without a separate environment."""
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    return zipfile.ZipFile(next(folder.glob("imfsurvey-*.whl")))


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
    assert "imfsurvey = imfsurvey.faces.cli:main" in wheel.read(name).decode()
