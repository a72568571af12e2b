"""The PDF engine: tagged, archivable, reproducible, and deaf to markup in data."""

import datetime
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from printed import DAY, DOCUMENTS, SHEET, opened, structure
from pypdf.generic import DictionaryObject

from imfsurvey.i18n.catalogue import LANGUAGES, translator
from imfsurvey.i18n.errors import RefusedError
from imfsurvey.report.pdf import pdf, recovery_sheet
from imfsurvey.report.pdf.engine import FONTS, TEMPLATES
from imfsurvey.report.pdf.texts import RANGES, UNKNOWN, printable


def fonts_of(page: DictionaryObject) -> dict[str, bool]:
    """The fonts of a page by name without the mark of a subset; whether each is embedded."""
    found = {}
    for font in page["/Resources"]["/Font"].values():
        descendant = font.get_object()["/DescendantFonts"][0].get_object()
        descriptor = descendant["/FontDescriptor"].get_object()
        name = str(descendant["/BaseFont"]).split("+")[-1]
        found[name] = bool({"/FontFile2", "/FontFile3"} & set(descriptor))
    return found


def failure(folder: Path, source: str, monkeypatch: pytest.MonkeyPatch) -> RefusedError:
    """The error of a template that is not shipped."""
    (folder / "broken.typ").write_text(source, "utf-8")
    monkeypatch.setattr("imfsurvey.report.pdf.engine.TEMPLATES", folder)
    with pytest.raises(RefusedError) as caught:
        pdf("broken", {}, language="en", title="Broken", day=None)
    return caught.value


def test_every_template_has_a_document_here() -> None:
    """What is not made below is not tested."""
    assert {path.stem for path in TEMPLATES.glob("*.typ")} == {*DOCUMENTS, "common"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_tagged_titled_and_archivable(name: str, language: str) -> None:
    """Title, language, tags, PDF/A-2a and PDF/UA-1 are declared; all fonts are in the file."""
    file = opened(DOCUMENTS[name](translator(language)))
    root: Any = file.trailer["/Root"]
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert file.metadata is not None and file.metadata.title
    packet = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in packet
    assert "<pdfaid:part>2</pdfaid:part>" in packet
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in packet
    fonts = fonts_of(file.pages[0])
    assert set(fonts.values()) == {True}
    assert {"Inter-Regular", "Inter-Bold"} <= set(fonts)


@pytest.mark.parametrize(
    ("name", "wanted", "figures"),
    [
        ("recovery", {"/H1", "/H2", "/P", "/Figure"}, 1),
        ("closing", {"/H1", "/H2", "/P", "/Table", "/TH", "/TD"}, 0),
        ("tickets", {"/P", "/Figure"}, 3),
    ],
)
def test_a_screen_reader_finds_headings_tables_and_pictures(
    name: str, wanted: set[str], figures: int
) -> None:
    """Tags say what things are; every QR code has words for it, none of which is its content."""
    tree = list(structure(opened(DOCUMENTS[name](translator("en"))).root_object["/StructTreeRoot"]))
    assert wanted <= {tag for tag, _ in tree}
    said = [element["/Alt"] for tag, element in tree if tag == "/Figure"]
    assert len(said) == figures
    assert set(said) <= {"QR code of the secret key", "QR code of this ticket"}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_same_data_give_the_same_bytes(name: str) -> None:
    """In another process, another folder and another time zone too."""
    here = DOCUMENTS[name](translator("fr"))
    script = (
        "import sys; from imfsurvey.i18n.catalogue import translator; import printed;"
        f"sys.stdout.buffer.write(printed.DOCUMENTS[{name!r}](translator('fr')))"
    )
    places = [str(Path(__file__).parents[2]), *filter(None, sys.path)]
    there = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "TZ": "Pacific/Auckland", "PYTHONPATH": os.pathsep.join(places)},
        cwd="/",
        capture_output=True,
        check=True,
    )
    assert there.stdout == here


@pytest.mark.parametrize(
    ("day", "written"), [(DAY, DAY), (None, datetime.date(2000, 1, 1))], ids=["given", "none"]
)
def test_the_date_of_a_file_is_the_one_given(
    day: datetime.date | None,
    written: datetime.date,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without one, the constant that boxes carry too."""
    (tmp_path / "plain.typ").write_text('#set document(title: "x")\n= A', "utf-8")
    monkeypatch.setattr("imfsurvey.report.pdf.engine.TEMPLATES", tmp_path)
    file = opened(pdf("plain", {}, language="en", title="Plain", day=day))
    assert file.metadata is not None and file.metadata.creation_date is not None
    assert file.metadata.creation_date.date() == written


def test_a_failing_template_is_named_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second line divides by zero."""
    error = failure(tmp_path, "= A\n#(1 / 0)\n", monkeypatch)
    assert error.code == "IMF-R101"
    assert (error.params["template"], error.params["line"]) == ("broken.typ", "2")
    assert "zero" in str(error.params["reason"])


def test_a_template_that_is_not_there_is_named() -> None:
    """Not a traceback of the compiler."""
    with pytest.raises(RefusedError, match=r"nothing\.typ"):
        pdf("nothing", {}, language="en", title="x", day=None)


@pytest.mark.parametrize("path", ["/etc/passwd", "../secret.txt", "../../secret.txt"])
def test_a_template_reads_nothing_outside_its_folder(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither an absolute path nor one that climbs leads out."""
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    (tmp_path / "templates").mkdir()
    error = failure(tmp_path / "templates", f"#read({json.dumps(path)})", monkeypatch)
    assert error.code == "IMF-R101"


def test_an_image_without_words_for_it_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So no document can be made that a blind reader cannot use."""
    svg = '<svg xmlns=\\"http://www.w3.org/2000/svg\\" viewBox=\\"0 0 9 9\\"/>'
    source = f'#set document(title: "x")\n#image(bytes("{svg}"), format: "svg")'
    assert "alt text" in str(failure(tmp_path, source, monkeypatch).params["reason"])


def test_no_template_holds_words_or_names_a_package() -> None:
    """Words come translated with the data; packages would be fetched from the network."""
    for path in TEMPLATES.glob("*.typ"):
        source = path.read_text("utf-8")
        assert "@preview" not in source
        code = [line for line in source.splitlines() if not line.lstrip().startswith("//")]
        assert not [line for line in code if line[:1].isalpha()]


def test_everything_that_may_pass_can_be_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every character of the ranges has a picture in the shipped fonts; PDF/A would refuse else."""
    (tmp_path / "all.typ").write_text(
        "#let data = json(bytes(sys.inputs.data))\n#set document(title: data.title)\n"
        '#set text(font: ("Inter", "Libertinus Serif", "DejaVu Sans Mono"))\n#data.all',
        "utf-8",
    )
    monkeypatch.setattr("imfsurvey.report.pdf.engine.TEMPLATES", tmp_path)
    every = " ".join(chr(code) for first, last in RANGES for code in range(first, last + 1))
    assert pdf("all", {"all": every}, language="en", title="All", day=None)


@settings(max_examples=25)
@given(text=st.text(max_size=120))
def test_any_text_at_all_can_be_printed(text: str) -> None:
    """Whatever a name holds, a document is made; the compiler itself breaks off on some scripts."""
    sheet = replace(SHEET, entity=text, holder=text, role=text)
    assert len(opened(recovery_sheet(sheet, translator("de"))).pages) == 1


def test_texts_keep_what_can_be_printed_and_show_what_cannot() -> None:
    """Letters are composed, marks without a picture vanish, the rest becomes U+FFFD."""
    assert printable("e\u0301té\nŁ") == "été\nŁ"
    assert printable("soft\u00adhyphen\u200d") == "softhyphen"
    assert printable({"a": ["😀", ("\x07", 1, None, True)]}) == {
        "a": [UNKNOWN, [UNKNOWN, 1, None, True]]
    }


def test_the_fonts_have_their_licence_beside_them() -> None:
    """The Open Font License asks for it; both weights are small."""
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL.txt").read_text("utf-8")
    sizes = {path.name: path.stat().st_size for path in FONTS.glob("*.ttf")}
    assert set(sizes) == {"Inter-Regular.ttf", "Inter-Bold.ttf"}
    assert sum(sizes.values()) < 150_000
