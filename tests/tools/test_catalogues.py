"""What the tool collects from source and templates, and what it keeps."""

from pathlib import Path

import catalogues
import pytest


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('t("Closed on {date}", date=day)', ["Closed on {date}"]),
        ('self.t("a" " b")', ["a b"]),
        ('t("outer {x}", x=t("inner"))', ["outer {x}", "inner"]),
        ('t("yes" if good else "no")', ["yes", "no"]),
        ('t.plural("{n} answer", "{n} answers", 3)', [("{n} answer", "{n} answers")]),
        ('NAMES = {"zero": N_("Zero measurement")}', ["Zero measurement"]),
        (
            'raise RefusedError("closed", "Wave {wave} is closed", wave=w)',
            ["Wave {wave} is closed"],
        ),
        ('super().__init__("IMF-E001", "wrong")', ["wrong"]),
        ('problem("IMF-E1" if bad else "IMF-W1", "missing")', ["missing"]),
        ('Problem("IMF-E001", file=f, template="torn")', ["torn"]),
        ('print("not for people")', []),
        ("t(variable)", []),
        ('InputError("only-a-code")', []),
    ],
)
def test_texts_of_python(source: str, expected: list[catalogues.Message]) -> None:
    """Marked literals are collected, wherever they stand, and nothing else."""
    assert list(catalogues.in_python(source)) == expected


def test_texts_of_a_template(tmp_path: Path) -> None:
    """Templates mark texts by functions or by a trans block."""
    template = tmp_path / "page.j2"
    template.write_text(
        '<h1 title="{{ t("Title {x}", x=1) }}">{{ _("Body") }}</h1>'
        '{{ ngettext("{n} answer", "{n} answers", 2) }}{% trans %}Block{% endtrans %}',
        "utf-8",
    )
    assert list(catalogues.in_template(template)) == [
        "Title {x}",
        "Body",
        ("{n} answer", "{n} answers"),
        "Block",
    ]


@pytest.fixture
def locales(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one French catalogue of two texts, one of which is used no more."""
    monkeypatch.setattr(catalogues, "LOCALES", tmp_path)
    (tmp_path / "fr.po").write_text(
        'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
        'msgid "Kept"\nmsgstr "Gardé"\n\nmsgid "Gone"\nmsgstr "Disparu"\n',
        "utf-8",
    )
    return tmp_path


def test_a_renewed_catalogue_keeps_translations(locales: Path) -> None:
    """New texts come untranslated, used ones keep their translation, unused ones leave."""
    messages = {"Kept": {"a.py"}, "Keep": {"b.py"}, ("{n} day", "{n} days"): {"b.py"}}
    catalogues.write(catalogues.renewed("fr", messages))
    text = (locales / "fr.po").read_text("utf-8")
    assert 'msgid "Kept"\nmsgstr "Gardé"\n' in text
    assert 'msgid "Keep"\nmsgstr ""\n' in text
    assert 'msgid_plural "{n} days"\nmsgstr[0] ""\nmsgstr[1] ""\n' in text
    assert "Gone" not in text


def test_renewing_twice_changes_nothing(locales: Path) -> None:
    """A catalogue holds no date or number of a line, so it changes with its texts only."""
    catalogues.write(catalogues.renewed("fr", {"Kept": {"a.py"}}))
    first = (locales / "fr.po").read_bytes()
    catalogues.write(catalogues.renewed("fr", {"Kept": {"a.py"}}))
    assert (locales / "fr.po").read_bytes() == first


def test_translations_are_taken_over_from_a_fragment(
    locales: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A fragment's translations win, its empty ones change nothing, its stray texts are told."""
    fragment = locales / "part.po"
    fragment.write_text(
        'msgid "Kept"\nmsgstr ""\n\nmsgid "New"\nmsgstr "Nouveau"\n\n'
        'msgid "Stray"\nmsgstr "Perdu"\n',
        "utf-8",
    )
    catalogue = catalogues.renewed("fr", {"Kept": {"a.py"}, "New": {"a.py"}})
    catalogues.fill(catalogue, fragment)
    assert {m.id: m.string for m in catalogue if m.id} == {"Kept": "Gardé", "New": "Nouveau"}
    assert "Stray" in capsys.readouterr().err
