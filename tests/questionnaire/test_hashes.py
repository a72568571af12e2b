"""`data_hash` follows what is stored and how it counts, `wording_hash` what one item says.

Every text of the sample says itself, behind its colon, which items show it.
"""

from __future__ import annotations

import copy
import json
import re
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from plainvalues import at, every_path, turned_round

from imfsurvey.questionnaire import Questionnaire
from imfsurvey.questionnaire.hashes import data_hash, languages_of, wording_hash
from imfsurvey.source.document import parse
from imfsurvey.source.model import validated
from imfsurvey.source.places import KeyPath

SAMPLE = """\
imfsurvey: 1
questionnaire:
  id: one
  version: "2"
  kind: perception
  framework: imf
  title: {fr: "Titre :", nl: "Titel:"}
  languages: [fr, nl]
  default_language: fr
privacy: {mode: anonymous, k: 10, k_total: 6, breakdown_by: [staff]}
scales:
  agree:
    codes:
      - {code: 1, text: {fr: "Non : rules calm kind", nl: "Nee: rules calm kind"}}
      - {code: 2, text: {fr: "Oui : rules calm kind", nl: "Ja: rules calm kind"}}
    non_answers: [dk]
    favourable: [2]
    unfavourable: [1]
  unused: {codes: [{code: 1, text: {fr: "Peu :"}}, {code: 2, text: {fr: "Assez :"}}]}
choice_lists:
  roles:
    - {code: a, text: {fr: "Cadre : staff tasks"}}
    - {code: b, text: {fr: "Base : staff tasks"}, pin: last}
themes:
  - {id: clear, label: {fr: "Clair :"}}
sections:
  - id: first
    title: {fr: "Un :"}
    introduction:
      fr: "Un cas : intro rules staff seen best"
      nl: "Geval: intro rules staff seen best"
    facilitation: {open: {fr: "o :"}, polarised: {fr: "p :"}, close: {fr: "c :"}}
    items:
      - {id: intro, type: info, text: {fr: "Bienvenue : intro"}}
      - id: rules
        type: likert
        scale: agree
        theme: clear
        topic: code
        text: {fr: "Règles : rules", nl: "Regels: rules"}
        hint: {fr: "Ici : rules", nl: "Hier: rules"}
        help: {fr: "Aide :", nl: "Hulp:"}
      - {id: staff, type: single, choices_ref: roles, text: {fr: "Qui : staff"}}
      - id: seen
        type: multi
        show_if: staff == 'a'
        choices:
          - {code: a, text: {fr: "Abus : seen best"}}
          - {code: none, text: {fr: "Rien : seen best"}, exclusive: true}
        other: {text: {fr: "Autre : seen"}}
        constraint: [{check: len(this) < 3, message: {fr: "Trop :"}}]
        text: {fr: "Vu : seen"}
      - {id: best, type: single, choices_from: seen, text: {fr: "Le pire : best"}}
  - id: second
    title: {fr: "Deux :"}
    items:
      - id: mood
        type: matrix
        scale: agree
        text: {fr: "Ambiance : calm kind", nl: "Sfeer: calm kind"}
        hint: {fr: "Ligne : calm kind", nl: "Regel: calm kind"}
        help: {fr: "Détail :", nl: "Detail:"}
        rows:
          - {id: calm, text: {fr: "Calme : calm", nl: "Rustig: calm"}}
          - {id: kind, text: {fr: "Aimable : kind", nl: "Vriendelijk: kind"}, weight: 2}
      - id: rated
        type: maturity
        topic: code
        text: {fr: "Niveau : rated"}
        rubric: {"0": {fr: "rien : rated"}, "1": {fr: "peu : rated"}}
        criteria: [{id: written, level: 1, text: {fr: "Écrit : rated"}}]
        evidence_kinds: [{fr: "note :"}]
        next_steps: {"0": {approach: controlling, text: {fr: "Commencer :"}}}
      - {id: years, type: number, max: 40, unit: {fr: "ans : years"}, text: {fr: "Durée : years"}}
      - id: tasks
        type: repeat
        label: task
        text: {fr: "Tâches : tasks"}
        items:
          - {id: task, type: text, required: true, text: {fr: "Quoi : tasks"}, help: {fr: "H :"}}
          - {id: by, type: single, choices_ref: roles, text: {fr: "Par qui : tasks"}}
"""

ITEMS = ["intro", "rules", "staff", "seen", "best", "calm", "kind", "rated", "years", "tasks"]


def model(value: Any) -> Questionnaire:
    """A questionnaire from plain values."""
    return validated(Questionnaire, parse(json.dumps(value, ensure_ascii=False)))


def plain() -> Any:
    """The sample as plain values, to be changed."""
    return copy.deepcopy(parse(SAMPLE).value)


def wordings(questionnaire: Questionnaire) -> dict[tuple[str, str], str]:
    """The wording hash of every item in both languages."""
    return {
        (item, language): wording_hash(questionnaire, item, language)
        for item in ITEMS
        for language in ("fr", "nl")
    }


TEXTS = [
    (path, at(plain(), path))
    for path in every_path(plain())
    if path[-1] in ("fr", "nl") and isinstance(at(plain(), path), str)
]
"""Every text in one language, with the path to it."""
BASE = model(plain())


def test_the_sample_has_every_item() -> None:
    """The rows of the matrix each, not the matrix."""
    assert list(BASE.items) == ITEMS
    assert len(TEXTS) == SAMPLE.count("fr: ") + SAMPLE.count("nl: ")


@pytest.mark.parametrize(("path", "text"), TEXTS, ids=lambda one: str(one))
def test_a_text_counts_for_the_items_that_show_it(path: KeyPath, text: str) -> None:
    """One word more: another wording for these items in this language, and for no other."""
    value = plain()
    at(value, path[:-1])[path[-1]] = "encore " + text
    changed = model(value)
    before, after = wordings(BASE), wordings(changed)
    shown = text.rpartition(":")[2].split()
    assert {one for one in before if before[one] != after[one]} == {
        (item, path[-1]) for item in shown
    }
    assert data_hash(changed) == data_hash(BASE)
    assert changed.form_hash != BASE.form_hash


@pytest.mark.parametrize(
    "text",
    [
        "# A remark.\n" + SAMPLE,
        SAMPLE.replace("\n", "  # remark\n"),
        json.dumps(plain()),
        json.dumps(turned_round(plain()), indent=3),
        SAMPLE.replace("type: single", "type: single, required: false"),
        unicodedata.normalize("NFD", SAMPLE),
        SAMPLE.replace("Un cas :", "Un   cas :\\t"),
    ],
    ids=["remark", "remarks", "json", "order", "default", "letters", "blanks"],
)
def test_layout_changes_nothing(text: str) -> None:
    """Remarks, order of keys, defaults written out, composed letters and blanks do not count."""
    assert text != SAMPLE
    same = validated(Questionnaire, parse(text))
    assert data_hash(same) == data_hash(BASE)
    assert wordings(same) == wordings(BASE)


DATA: list[tuple[KeyPath, Callable[[Any], Any] | None]] = [
    (("questionnaire", "id"), lambda _: "two"),
    (("questionnaire", "kind"), lambda _: "session"),
    (("scales", "unused", "codes", 1, "code"), lambda _: 3),
    (("scales", "agree", "non_answers"), lambda _: ["dk", "na"]),
    (("scales", "agree", "unfavourable"), lambda _: []),
    (("scales", "unused"), None),
    (("choice_lists", "roles", 0, "code"), lambda _: "c"),
    (("choice_lists", "roles", 1, "pin"), None),
    (("themes", 0, "id"), lambda _: "clean"),
    (("sections", 0, "id"), lambda _: "start"),
    (("sections", 0, "order"), lambda _: "random"),
    (("sections", 0, "show_if"), lambda _: "years > 1"),
    (("sections", 0, "items", 1, "id"), lambda _: "laws"),
    (("sections", 0, "items", 1, "theme"), None),
    (("sections", 0, "items", 1, "topic"), lambda _: "law"),
    (("sections", 0, "items", 1, "reverse"), lambda _: True),
    (("sections", 0, "items", 1, "knowledge"), lambda _: True),
    (("sections", 0, "items", 1, "required"), lambda _: True),
    (("sections", 0, "items", 1, "weight"), lambda _: 0.5),
    (("sections", 0, "items", 3, "show_if"), lambda _: "staff == 'b'"),
    (("sections", 0, "items", 3, "choices", 0, "code"), lambda _: "z"),
    (("sections", 0, "items", 3, "choices", 1, "exclusive"), None),
    (("sections", 0, "items", 3, "other"), None),
    (("sections", 0, "items", 3, "constraint", 0, "check"), lambda _: "len(this) < 2"),
    (("sections", 0, "items", 4, "other"), lambda _: {}),
    (("sections", 1, "items", 0, "rows", 0, "id"), lambda _: "still"),
    (("sections", 1, "items", 0, "rows", 1, "weight"), None),
    (("sections", 1, "items", 1, "criteria", 0, "level"), lambda _: 0),
    (("sections", 1, "items", 2, "max"), lambda _: 41),
    (("sections", 1, "items", 3, "min"), lambda _: 1),
    (("sections", 1, "items", 3, "items", 1, "type"), lambda _: "multi"),
]


@pytest.mark.parametrize(("path", "change"), DATA, ids=[str(path) for path, _ in DATA])
def test_a_code_or_a_condition_changes_the_data(
    path: KeyPath, change: Callable[[Any], Any] | None
) -> None:
    """Ids, types, codes, conditions, scores: another one each, or one less."""
    value = plain()
    around, key = at(value, path[:-1]), path[-1]
    if change is None:
        del around[key]
    else:
        around[key] = change(around.get(key))
    assert data_hash(model(value)) != data_hash(BASE)


@pytest.mark.parametrize(
    ("path", "new"),
    [
        (("questionnaire", "version"), "3"),
        (("questionnaire", "status"), "published"),
        (("questionnaire", "languages"), ["nl", "fr"]),
        (("questionnaire", "default_language"), "nl"),
        (("questionnaire", "require_complete"), ["fr"]),
        (("questionnaire", "replaces"), {"version": "1", "renamed": {"old": "rules"}}),
        (("privacy", "k"), 11),
        (("sections", 1, "items", 1, "next_steps", "0", "approach"), "stimulating"),
        (("sections", 0, "introduction"), {"fr": "Autre"}),
        (("sections", 1, "items", 2, "hint"), {"fr": "Entier"}),
    ],
)
def test_what_is_no_data(path: KeyPath, new: Any) -> None:
    """Version, languages, the promise, a text more: the same is stored and counted."""
    value = plain()
    at(value, path[:-1])[path[-1]] = new
    assert data_hash(model(value)) == data_hash(BASE)


def test_an_id_is_no_word() -> None:
    """An item that is renamed, and one that takes its choices from a list, read as before."""
    value = plain()
    value["sections"][0]["items"][1]["id"] = "laws"
    value["sections"][0]["items"][2] |= {"choices": value["choice_lists"]["roles"]}
    del value["sections"][0]["items"][2]["choices_ref"]
    renamed = model(value)
    assert wording_hash(renamed, "laws", "nl") == wording_hash(BASE, "rules", "nl")
    assert wording_hash(renamed, "staff", "fr") == wording_hash(BASE, "staff", "fr")


def test_words_that_change_places_are_other_words() -> None:
    """ "Yes" at the code of "no": each text counts at its place."""
    value = plain()
    codes = value["scales"]["agree"]["codes"]
    codes[0]["text"], codes[1]["text"] = codes[1]["text"], codes[0]["text"]
    assert wording_hash(model(value), "rules", "fr") != wording_hash(BASE, "rules", "fr")


def test_languages_in_which_an_item_can_be_read() -> None:
    """All of its texts are there, and the questionnaire offers the language."""
    assert languages_of(BASE, "rules") == {"fr", "nl"}
    assert languages_of(BASE, "seen") == {"fr"}
    value = plain()
    value["questionnaire"] |= {"languages": ["nl"], "default_language": "nl"}
    assert languages_of(model(value), "rules") == {"nl"}


def test_an_unknown_item() -> None:
    """It has no wording, nor does a matrix without its rows."""
    with pytest.raises(KeyError):
        wording_hash(BASE, "mood", "fr")


def test_hashes_look_like_hashes() -> None:
    """64 hex digits."""
    assert re.fullmatch("[0-9a-f]{64}", data_hash(BASE))
    assert re.fullmatch("[0-9a-f]{64}", wording_hash(BASE, "rules", "fr"))
