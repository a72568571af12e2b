"""What changed between two versions, and what that does to answers: one fixture a kind of change.

The expected sort of each change is written down from the rule of the language: what a stored
answer means, where it counts and under which promise it was given.
"""

from __future__ import annotations

import copy
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from marked import with_change
from plainvalues import at, every_path
from pydantic import ValidationError
from zone import SAMPLES

from imfsurvey.questionnaire import Questionnaire
from imfsurvey.questionnaire.changes import Change, changes
from imfsurvey.questionnaire.comparability import RULES
from imfsurvey.questionnaire.parts import parts_of
from imfsurvey.questionnaire.shipped import shipped
from imfsurvey.source.document import parse, read
from imfsurvey.source.model import validated
from imfsurvey.source.places import KeyPath

BASE = """\
imfsurvey: 1
questionnaire:
  id: one
  version: "1"
  kind: perception
  framework: imf
  title: {fr: Titre}
  languages: [fr, nl]
  default_language: fr
  require_complete: [fr]
privacy: {mode: anonymous, k: 10, k_total: 6, breakdown_by: [staff]}
scales:
  agree:
    codes:
      - {code: 1, text: {fr: non}}
      - {code: 2, text: {fr: oui}}
    non_answers: [dk]
    favourable: [2]
  same:
    codes:
      - {code: 1, text: {fr: non}}
      - {code: 2, text: {fr: oui}}
    non_answers: [dk]
    favourable: [2]
  other:
    codes: [{code: 1, text: {fr: peu}}, {code: 3, text: {fr: beaucoup}}]
themes:
  - {id: clear, label: {fr: Clair}}
  - {id: fair, label: {fr: Juste}}
sections:
  - id: first
    title: {fr: Un}
    introduction: {fr: Un cas}
    facilitation: {open: {fr: a}, polarised: {fr: b}, close: {fr: c}}
    items:
      - {id: intro, type: info, text: {fr: Bienvenue}}
      - {id: rules, type: likert, scale: agree, topic: code, theme: clear, text: {fr: Règles}}
      - {id: aid, type: likert, scale: agree, topic: h, text: {fr: Aide}, hint: {fr: Ici}}
  - id: second
    title: {fr: Deux}
    items:
      - id: staff
        type: single
        topic: code
        choices: [{code: a, text: {fr: A}}, {code: b, text: {fr: B}}]
        non_answers: [refused]
        text: {fr: Qui}
      - {id: role, type: single, choices_from: study.groups, text: {fr: Rôle}}
      - id: rated
        type: maturity
        topic: code
        text: {fr: Niveau}
        rubric: {"0": {fr: rien}}
        evidence_kinds: [{fr: note}]
        next_steps: {"0": {approach: controlling, text: {fr: Commencer}}}
        evidence: {required_from: 3, max_length: 300}
      - {id: why, type: text, max_length: 200, text: {fr: Pourquoi}}
      - {id: since, type: date, precision: month, text: {fr: Depuis}}
      - id: goals
        type: repeat
        min: 1
        label: goal
        text: {fr: Buts}
        items:
          - {id: goal, type: text, required: true, text: {fr: But}}
          - {id: due, type: date, text: {fr: Quand}}
  - id: third
    title: {fr: Trois}
    show_if: "staff == 'a'"
    order: random
    items:
      - id: seen
        type: yes_no
        text: {fr: Vu}
        required_if: "staff == 'b'"
        constraint: [{check: "this == 'yes'", message: {fr: Sûr}, severity: warn}]
      - id: what
        type: multi
        text: {fr: Quoi}
        show_if: "seen == 'yes'"
        choices: [{code: x, text: {fr: X}, pin: last}, {code: y, text: {fr: Y}, exclusive: true}]
        other: {text: {fr: Autre chose}, max_length: 50}
        min_choices: 1
        max_choices: 2
        order: rotate
      - {id: best, type: ranking, choices_ref: ways, top: 1, text: {fr: Mieux}}
      - {id: years, type: number, decimals: 1, unit: {fr: ans}, text: {fr: Années}}
      - {id: age, type: number, store_as: {bands: [0, 5, 15]}, text: {fr: Âge}}
      - id: mood
        type: matrix
        scale: agree
        topic: h
        text: {fr: Humeur}
        rows:
          - {id: good, text: {fr: Bonne}, topic: code, theme: clear}
          - {id: bad, text: {fr: Mauvaise}, show_if: "seen == 'no'", weight: 2}
      - id: met
        type: maturity
        topic: h
        text: {fr: Atteint}
        criteria: [{id: c1, level: 1, text: {fr: Critère}}, {id: c2, level: 2, text: {fr: Autre}}]
      - {id: word, type: text, warn_if: [names], comment: {max_length: 40}, text: {fr: Mot}}
      - {id: read, type: info, pin: first, text: {fr: Lisez}}
choice_lists:
  ways: [{code: p, text: {fr: Voie}}, {code: q, text: {fr: Rue}}]
  same: [{code: p, text: {fr: Voie}}, {code: q, text: {fr: Rue}}]
  more: [{code: p, text: {fr: Voie}}, {code: z, text: {fr: Place}}]
computed:
  - {id: both, expr: "seen == 'yes'"}
"""

AID = "      - {id: aid, type: likert, scale: agree, topic: h, text: {fr: Aide}, hint: {fr: Ici}}\n"
INTRO = "      - {id: intro, type: info, text: {fr: Bienvenue}}\n"
WHY = "      - {id: why, type: text, max_length: 200, text: {fr: Pourquoi}}\n"
DUE = "          - {id: due, type: date, text: {fr: Quand}}\n"
FAIR = "  - {id: fair, label: {fr: Juste}}\n"
OTHER = "  other:\n    codes: [{code: 1, text: {fr: peu}}, {code: 3, text: {fr: beaucoup}}]\n"
STEPS = '        next_steps: {"0": {approach: controlling, text: {fr: Commencer}}}\n'
CONSTRAINT = """\
        constraint: [{check: "this == 'yes'", message: {fr: Sûr}, severity: warn}]
"""
RULES_ITEM = "topic: code, theme: clear, text: {fr: Règles}"

B, C, S = "breaking", "comparable", "safe"
FIXTURES = [
    # who the questionnaire is
    ("id: one", "id: two", B, "questionnaire.id"),
    ('version: "1"', 'version: "2"', S, "questionnaire.version"),
    ('version: "1"', 'version: "1"\n  status: published', S, "questionnaire.status"),
    ("kind: perception", "kind: session", B, "questionnaire.kind"),
    ("framework: imf", "framework: mine", B, "questionnaire.framework"),
    ("{fr: Titre}", "{fr: Autre}", S, "questionnaire.title"),
    # languages
    ("languages: [fr, nl]", "languages: [fr, nl, de]", S, "questionnaire.languages.de"),
    ("languages: [fr, nl]", "languages: [fr]", C, "questionnaire.languages.nl"),
    ("languages: [fr, nl]", "languages: [nl, fr]", S, "questionnaire.languages"),
    ("default_language: fr", "default_language: nl", S, "questionnaire.default_language"),
    ("require_complete: [fr]", "require_complete: []", S, "questionnaire.require_complete.fr"),
    ("{fr: Aide}", "{fr: Aide, nl: Hulp}", S, "nl +1"),
    ("{fr: Aide}", "{nl: Hulp}", S + C, "nl +1, fr -1"),
    # the promise
    ("mode: anonymous", "mode: named", B, "privacy.mode"),
    ("k: 10", "k: 9", B, "privacy.k"),
    ("k: 10", "k: 11", C, "privacy.k"),
    ("k_total: 6", "k_total: 5", B, "privacy.k_total"),
    ("k_total: 6", "k_total: 7", C, "privacy.k_total"),
    ("[staff]", "[staff, role]", B, "privacy.breakdown_by.role"),
    ("[staff]", "[]", C, "privacy.breakdown_by.staff"),
    # scales
    (OTHER, "", S, "scales.other"),
    (OTHER, OTHER + OTHER.replace("other", "more"), S, "scales.more"),
    ("scale: agree", "scale: same", S, "items.rules.scale"),
    ("scale: agree", "scale: other", B, "items.rules.scale"),
    ("{code: 3, text", "{code: 2, text: {fr: x}}, {code: 3, text", B, "scales.other.codes.2"),
    ("[{code: 1, text: {fr: peu}}, ", "[{code: 2, text: {fr: peu}}, ", B + B, "1, 2"),
    ("{fr: non}", "{fr: pas du tout}", C, "scales.agree.codes.1.text"),
    ("non_answers: [dk]", "non_answers: [dk, na]", C, "scales.agree.non_answers.na"),
    ("non_answers: [dk]", "non_answers: []", B, "scales.agree.non_answers.dk"),
    ("favourable: [2]", "favourable: []", B, "scales.agree.favourable.2"),
    ("favourable: [2]", "unfavourable: [1]\n    favourable: [2]", B, "scales.agree.unfavourable.1"),
    # themes
    (FAIR, "", C, "themes.fair"),
    (FAIR, FAIR + FAIR.replace("fair", "open"), S, "themes.open"),
    ("{fr: Juste}", "{fr: Équitable}", S, "themes.fair.label"),
    # sections
    ("{fr: Un}", "{fr: Une}", C, "sections.first.title"),
    ("    introduction: {fr: Un cas}\n", "", C, "sections.first.introduction"),
    ("{fr: Un cas}", "{fr: Deux cas}", C, "sections.first.introduction"),
    ("open: {fr: a}", "open: {fr: d}", C, "sections.first.facilitation.open"),
    (INTRO, INTRO + "  - id: mid\n    title: {fr: M}\n    items:\n", C + C + S, "mid"),
    # items
    (AID, "", B, "items.aid"),
    (AID, AID + AID.replace("aid,", "more,"), C, "items.more"),
    (INTRO, "", B, "items.intro"),
    (WHY, WHY.replace("text, max_length: 200,", "info,"), B, "items.why.type"),
    ("{fr: Aide}", "{fr: Soutien}", C, "items.aid.text"),
    (", hint: {fr: Ici}", "", C, "items.aid.hint"),
    ("{fr: Ici}", "{fr: Là}", C, "items.aid.hint"),
    ("{fr: Qui}", "{fr: Qui}\n        help: {fr: x}", C, "items.staff.help"),
    (RULES_ITEM, RULES_ITEM.replace("code", "law"), B, "items.rules.topic"),
    (RULES_ITEM, RULES_ITEM.replace("clear", "fair"), C, "items.rules.theme"),
    (RULES_ITEM, RULES_ITEM.replace(" theme: clear,", ""), C, "items.rules.theme"),
    (RULES_ITEM, "reverse: true, " + RULES_ITEM, B, "items.rules.reverse"),
    (RULES_ITEM, "knowledge: true, " + RULES_ITEM, B, "items.rules.knowledge"),
    (RULES_ITEM, "required: true, " + RULES_ITEM, C, "items.rules.required"),
    # choices
    (
        "        topic: code\n        choices",
        "        topic: law\n        choices",
        C,
        "staff.topic",
    ),
    ("[{code: a, text: {fr: A}}, ", "[", B, "items.staff.choices.a"),
    ("[{code: a,", "[{code: c, text: {fr: C}}, {code: a,", C, "items.staff.choices.c"),
    ("{fr: A}", "{fr: AA}", C, "items.staff.choices.a.text"),
    ("[refused]", "[refused, dk]", C, "items.staff.non_answers.dk"),
    ("[refused]", "[]", B, "items.staff.non_answers.refused"),
    ("choices_from: study.groups", "choices_from: goals", B, "items.role.choices_from"),
    (", text: {fr: Rôle}", ", quasi_identifier: true, text: {fr: Rôle}", S, "quasi_identifier"),
    # ratings
    ("{fr: rien}", "{fr: néant}", C, "items.rated.rubric.0"),
    ('{"0": {fr: rien}}', '{"0": {fr: rien}, "1": {fr: x}}', C, "items.rated.rubric.1"),
    ("[{fr: note}]", "[{fr: plan}]", C, "items.rated.evidence_kinds.0"),
    (STEPS, "", S, "items.rated.next_steps.0"),
    ("controlling", "stimulating", S, "items.rated.next_steps.0.approach"),
    ("{fr: Commencer}", "{fr: Débuter}", S, "items.rated.next_steps.0.text"),
    ("required_from: 3", "required_from: 2", C, "items.rated.evidence.required_from"),
    ("max_length: 300", "max_length: 299", C, "items.rated.evidence.max_length"),
    ("max_length: 300", "max_length: 301", S, "items.rated.evidence.max_length"),
    (STEPS, STEPS + "        comment: {max_length: 599}\n", C, "items.rated.comment.max_length"),
    (STEPS, STEPS + "        required: false\n", C, "items.rated.required"),
    # what is written
    ("max_length: 200", "max_length: 199", C, "items.why.max_length"),
    ("max_length: 200", "max_length: 201", S, "items.why.max_length"),
    ("max_length: 200", "max_length: 200, multiline: true", S, "items.why.multiline"),
    ("precision: month", "precision: day", B, "items.since.precision"),
    ("min: 1", "min: 2", C, "items.goals.min"),
    ("min: 1", "min: 1\n        max: 5", C, "items.goals.max"),
    ("label: goal", "label: due", C, "items.goals.label"),
    (DUE, "", B, "items.goals.items.due"),
    (DUE, DUE + DUE.replace("due", "end"), C, "items.goals.items.end"),
    ("{fr: Quand}", "{fr: Échéance}", C, "items.goals.items.due.text"),
    # the promise, further
    ("k_total: 6", "k_total: 6, k_comments: 11", B, "privacy.k_comments"),
    ("k_total: 6", "k_total: 6, k_comments: 13", C, "privacy.k_comments"),
    ("k_total: 6", "k_total: 6, max_breakdowns: 2", B, "privacy.max_breakdowns"),
    # conditions and orders
    ("show_if: \"staff == 'a'\"", "show_if: \"staff == 'b'\"", C, "sections.third.show_if"),
    ("    show_if: \"staff == 'a'\"\n", "", C, "sections.third.show_if"),
    ("order: random\n", "order: fixed\n", C, "sections.third.order"),
    ("required_if: \"staff == 'b'\"", "required_if: \"staff == 'a'\"", C, "items.seen.required_if"),
    ("this == 'yes'", "this == 'no'", C, "items.seen.constraint.0.check"),
    ("{fr: Sûr}", "{fr: Certain}", S, "items.seen.constraint.0.message"),
    ("severity: warn", "severity: error", C, "items.seen.constraint.0.severity"),
    ("        show_if: \"seen == 'yes'\"\n", "", C, "items.what.show_if"),
    ("show_if: \"seen == 'no'\"", "show_if: \"seen == 'yes'\"", C, "items.mood.rows.bad.show_if"),
    ("expr: \"seen == 'yes'\"", "expr: \"seen == 'no'\"", C, "computed.both.expr"),
    ("computed:\n  - {id: both, expr: \"seen == 'yes'\"}\n", "", S, "computed.both"),
    ("pin: first", "pin: last", C, "items.read.pin"),
    ("type: info, pin", "type: info, acknowledge: true, pin", S, "items.read.acknowledge"),
    # several choices
    (", {code: y, text: {fr: Y}, exclusive: true}", "", B, "items.what.choices.y"),
    (", exclusive: true", "", B, "items.what.choices.y.exclusive"),
    ("{fr: X}, pin: last", "{fr: X}", S, "items.what.choices.x.pin"),
    ("{fr: X}", "{fr: X}, show_if: \"seen == 'no'\"", C, "items.what.choices.x.show_if"),
    ("        other: {text: {fr: Autre chose}, max_length: 50}\n", "", B, "items.what.other"),
    ("{fr: Autre chose}", "{fr: Divers}", C, "items.what.other.text"),
    ("max_length: 50", "max_length: 49", C, "items.what.other.max_length"),
    ("max_length: 50", "max_length: 51", S, "items.what.other.max_length"),
    ("min_choices: 1", "min_choices: 2", C, "items.what.min_choices"),
    ("max_choices: 2", "max_choices: 1", C, "items.what.max_choices"),
    ("order: rotate", "order: random", C, "items.what.order"),
    # lists and rankings
    ("choices_ref: ways", "choices_ref: same", S, "items.best.choices_ref"),
    ("choices_ref: ways", "choices_ref: more", B, "items.best.choices_ref"),
    ("top: 1", "top: 2", B, "items.best.top"),
    (", top: 1", ", top: 1, other: {}", C, "items.best.other"),
    ("ways: [{code: p, text: {fr: Voie}}, ", "ways: [", B, "choice_lists.ways.p"),
    ("ways: [", "ways: [{code: r, text: {fr: R}}, ", C, "choice_lists.ways.r"),
    ("{fr: Voie}", "{fr: Chemin}", C, "choice_lists.ways.p.text"),
    ("  same: [{code: p, text: {fr: Voie}}, {code: q, text: {fr: Rue}}]\n", "", S + S, "same.p"),
    # numbers
    ("decimals: 1", "decimals: 2", C, "items.years.decimals"),
    ("{fr: ans}", "{fr: mois}", C, "items.years.unit"),
    ("decimals: 1", "decimals: 1, min: 0", C, "items.years.min"),
    ("[0, 5, 15]", "[0, 10, 15]", B + B, "items.age.store_as.bands.5, bands.10"),
    (" store_as: {bands: [0, 5, 15]},", "", B, "items.age.store_as"),
    # rows and criteria
    ("          - {id: good, text: {fr: Bonne}, topic: code, theme: clear}\n", "", B, "rows.good"),
    (
        "        rows:\n",
        "        rows:\n          - {id: more, text: {fr: Plus}}\n",
        C,
        "items.mood.rows.more",
    ),
    ("{fr: Bonne}", "{fr: Meilleure}", C, "items.mood.rows.good.text"),
    ("{fr: Bonne}, topic: code", "{fr: Bonne}, topic: h", B, "items.mood.rows.good.topic"),
    (
        "        topic: h\n        text: {fr: H",
        "        topic: code\n        text: {fr: H",
        B,
        "mood.topic",
    ),
    ("code, theme: clear}", "code, theme: fair}", C, "items.mood.rows.good.theme"),
    ("{fr: Bonne}", "{fr: Bonne}, reverse: true", B, "items.mood.rows.good.reverse"),
    ("{fr: Bonne}", "{fr: Bonne}, knowledge: true", B, "items.mood.rows.good.knowledge"),
    ("weight: 2", "weight: 3", B, "items.mood.rows.bad.weight"),
    (RULES_ITEM, "weight: 2, " + RULES_ITEM, B, "items.rules.weight"),
    ("{id: c1, level: 1", "{id: c1, level: 2", C, "items.met.criteria.c1.level"),
    ("{fr: Critère}", "{fr: Condition}", C, "items.met.criteria.c1.text"),
    ("{id: c1, level: 1, text: {fr: Critère}}, ", "", C, "items.met.criteria.c1"),
    # beside an answer
    ("warn_if: [names]", "warn_if: [names, email]", S, "items.word.warn_if.email"),
    (" comment: {max_length: 40},", "", C, "items.word.comment"),
    ("max_length: 40", "max_length: 41", S, "items.word.comment.max_length"),
    ("text: {fr: Mot}", "evidence: {}, text: {fr: Mot}", C, "items.word.evidence"),
    # what only some questionnaires have, or have no more
    ("{fr: Juste}", "{fr: Juste}, apart: true", C, "themes.fair.apart"),
    ("polarised: {fr: b}", "polarised: {fr: d}", C, "sections.first.facilitation.polarised"),
    ("close: {fr: c}", "close: {fr: d}", C, "sections.first.facilitation.close"),
    ("    facilitation: {open: {fr: a}, polarised: {fr: b}, close: {fr: c}}\n", "", C, "first"),
    ("show_if: \"seen == 'yes'\"", "show_if: \"seen == 'no'\"", C, "items.what.show_if"),
    (CONSTRAINT, "", C, "items.seen.constraint.0"),
    ("        required_if: \"staff == 'b'\"\n", "", C, "items.seen.required_if"),
    ("topic: code, theme: clear", "theme: clear", B, "items.rules.topic"),
    ("type: maturity\n        topic: code", "type: maturity\n        topic: h", B, "rated.topic"),
    ("{fr: Voie}", "{fr: Voie}, exclusive: true", B, "choice_lists.ways.p.exclusive"),
    ("{fr: Voie}", "{fr: Voie}, show_if: \"seen == 'no'\"", C, "choice_lists.ways.p.show_if"),
    ("{fr: Voie}", "{fr: Voie}, pin: first", S, "choice_lists.ways.p.pin"),
    (", top: 1", "", B, "items.best.top"),
    ("        max_choices: 2\n", "", C, "items.what.max_choices"),
    (", unit: {fr: ans}", "", C, "items.years.unit"),
    ("decimals: 1,", "store_as: {bands: [0, 9]}, decimals: 1,", B, "items.years.store_as"),
    ('        rubric: {"0": {fr: rien}}\n', "", C, "items.rated.rubric.0"),
    (", weight: 2", "", B, "items.mood.rows.bad.weight"),
    (", show_if: \"seen == 'no'\"", "", C, "items.mood.rows.bad.show_if"),
    (" scale: agree, topic: h,", " scale: agree, comment: {}, topic: h,", C, "items.aid.comment"),
    # versions
    ('version: "1"', 'version: "1"\n  replaces: {version: "0"}', S, "questionnaire.replaces"),
]


def model(text: str) -> Questionnaire:
    """A questionnaire from its text."""
    return validated(Questionnaire, parse(text))


def differing(*pairs: tuple[str, str]) -> list[Change]:
    """The changes that words changed in the base make."""
    return changes(model(BASE), model(with_change(BASE, *pairs)))


def what(change: Change) -> str:
    """What a change is about, or which translations it counts."""
    params = change.params
    if "language" in params:
        sign = "+" if change.template.endswith("more") else "-"
        return f"{params['language']} {sign}{params['count']}"
    return str(params["what"])


@pytest.mark.parametrize(("old", "new", "kind", "about"), FIXTURES)
def test_each_kind_of_change_has_its_sort(old: str, new: str, kind: str, about: str) -> None:
    """One change in the file is told as such; where it makes several, each has its sort."""
    found = differing((old, new))
    assert sorted(change.kind for change in found) == sorted(_sorts(kind))
    told = " ".join(what(change) for change in found)
    assert all(part in told for part in about.split(", "))


def _sorts(kinds: str) -> list[str]:
    """Sorts written one after another."""
    return [one for one in (B, C, S) for _ in range(kinds.count(one))]


@pytest.mark.parametrize(("old", "new", "_kind", "_about"), FIXTURES)
def test_the_same_sort_of_thing_is_seen_by_the_hash(
    old: str, new: str, _kind: str, _about: str
) -> None:
    """Whatever is told of changes the hash of the meaning, so nothing is told of for nothing."""
    assert model(BASE).form_hash != model(with_change(BASE, (old, new))).form_hash


@pytest.mark.parametrize(
    "pairs",
    [
        [],
        [("imfsurvey: 1\n", "# a remark\nimfsurvey: 1\n\n")],
        [("title: {fr: Titre}", 'title: {"fr": "Titre"}')],
        [("mode: anonymous, k: 10", "k: 10, mode: anonymous")],
        [('version: "1"', 'version: "1"\n  status: draft')],
        [(RULES_ITEM, "reverse: false, required: false, " + RULES_ITEM)],
        [("Règles", unicodedata.normalize("NFD", "Règles"))],
    ],
)
def test_the_same_meaning_is_no_change(pairs: list[tuple[str, str]]) -> None:
    """Layout, remarks, order of keys, defaults written out and composed letters do not count."""
    assert differing(*pairs) == []
    assert model(BASE).form_hash == model(with_change(BASE, *pairs)).form_hash


def test_a_wording_is_comparable_with_a_note() -> None:
    """The languages reworded are named, those added beside are counted on their own."""
    found = differing(("{fr: Aide}", "{fr: Soutien, nl: Hulp}"))
    assert [(one.kind, what(one)) for one in found] == [(C, "items.aid.text"), (S, "nl +1")]
    assert found[0].params["languages"] == "fr"


def test_a_whole_translation_is_one_change() -> None:
    """Ten texts in a language that was not there are told of once."""
    text = BASE
    for word in ("Aide", "Règles", "Un", "Deux"):
        text = with_change(text, (f"{{fr: {word}}}", f"{{fr: {word}, nl: x}}"))
    found = changes(model(BASE), model(text))
    assert [(one.kind, what(one)) for one in found] == [(S, "nl +4")]
    assert [(one.kind, what(one)) for one in changes(model(text), model(BASE))] == [(C, "nl -4")]


def test_an_item_that_moves_keeps_its_answers() -> None:
    """In its section or to another one, an item is the same by its id."""
    within = differing((AID, ""), (INTRO, AID + INTRO))
    assert [(one.kind, what(one)) for one in within] == [(C, "sections.first.items")]
    away = differing((AID, ""), (WHY, AID + WHY))
    assert [(one.kind, what(one)) for one in away] == [(C, "items.aid.section")]
    assert (away[0].params["old"], away[0].params["new"]) == ("first", "second")


def test_lists_in_another_order() -> None:
    """The order of sections, choices and entries of a repeat is a change of its own."""
    a, b = "{code: a, text: {fr: A}}", "{code: b, text: {fr: B}}"
    found = differing((f"{a}, {b}", f"{b}, {a}"))
    assert [(one.kind, what(one)) for one in found] == [(C, "items.staff.choices")]
    head, _, first_and_second = BASE.partition("  - id: first\n")
    first, _, second = first_and_second.partition("  - id: second\n")
    second, lists, rest = second.partition("choice_lists:\n")
    swapped = f"{head}  - id: second\n{second}  - id: first\n{first}{lists}{rest}"
    found = changes(model(BASE), model(swapped))
    assert [(one.kind, what(one)) for one in found] == [(C, "sections")]


def test_rows_and_criteria_in_another_order() -> None:
    """A row is read behind those above it; a criterion is read in a list."""
    good = "{id: good, text: {fr: Bonne}, topic: code, theme: clear}"
    bad = "{id: bad, text: {fr: Mauvaise}, show_if: \"seen == 'no'\", weight: 2}"
    found = differing((good, "GOOD"), (bad, good), ("GOOD", bad))
    assert [(one.kind, what(one)) for one in found] == [(C, "items.mood.rows")]
    first, second = (
        "{id: c1, level: 1, text: {fr: Critère}}",
        "{id: c2, level: 2, text: {fr: Autre}}",
    )
    found = differing((f"{first}, {second}", f"{second}, {first}"))
    assert [(one.kind, what(one)) for one in found] == [(C, "items.met.criteria")]


def test_a_code_as_word_or_number() -> None:
    """`1` and `"1"` are stored differently: one is gone and the other new."""
    old = with_change(BASE, ("code: a", "code: 1"))
    found = changes(model(old), model(with_change(BASE, ("code: a", 'code: "1"'))))
    assert [one.kind for one in found] == [B, C]


def test_the_gravest_come_first() -> None:
    """Breaking, then comparable, then safe."""
    found = differing(
        ('version: "1"', 'version: "2"'), ("{fr: Un}", "{fr: Une}"), ("k: 10", "k: 5")
    )
    assert [one.kind for one in found] == [B, C, S]


def test_the_places_of_a_change() -> None:
    """Its path in each file, though it moved; none in the file that lacks it."""
    moved = differing((AID, ""), (INTRO, AID + INTRO.replace("Bienvenue", "Bonjour")))
    text = next(one for one in moved if what(one) == "items.intro.text")
    assert text.old == ("sections", 0, "items", 0, "text")
    assert text.new == ("sections", 0, "items", 1, "text")
    gone, new = differing((AID, AID.replace("aid,", "aide,")))
    assert (gone.old, gone.new) == (("sections", 0, "items", 2), None)
    assert (new.old, new.new) == (None, ("sections", 0, "items", 2))


@pytest.mark.parametrize(
    "name",
    ["perception.yaml", "policy.yaml", "team-session.yaml", "self-assessment/processes.yaml"],
)
def test_a_file_against_itself(name: str) -> None:
    """A shipped file read twice has no change."""
    questionnaire = validated(Questionnaire, read(shipped(name)))
    again = validated(Questionnaire, read(shipped(name)))
    assert changes(questionnaire, again) == []


BLOCKS = {"questionnaire", "privacy", "item.evidence", "imfsurvey"}
"""Parts that every version has: what is in them differs."""


def test_every_key_of_the_language_has_its_sort() -> None:
    """A key that is not in the table counts as breaking, and so has to be put there."""
    files = [*shipped("").rglob("*.yaml"), *SAMPLES.glob("*.yaml")]
    documents = [read(file) for file in files]
    texts = [model(BASE), *(validated(Questionnaire, d) for d in documents if _is_one(d.value))]
    kinds = {part.kind for text in texts for part in parts_of(text).values()}
    names = {kind for kind in kinds if kind.endswith((".id", ".code")) and "*" in kind}
    names |= {"item.id"}
    assert kinds - names - BLOCKS - set(RULES) == set()
    assert len(texts) > 8


def _is_one(value: dict[str, object]) -> bool:
    return "questionnaire" in value


PLAIN = parse(BASE).value


def variants(path: KeyPath) -> Iterator[tuple[Questionnaire, bool]]:
    """The base without a value, with a list turned round, with a number more or a word longer;
    whether it is another value for sure, which only those are that did not lose a default."""
    value = at(PLAIN, path)
    tried: list[tuple[Any, bool]] = [(None, False)]
    if isinstance(value, list):
        tried.append((value[::-1], False))
    if isinstance(value, int | float | str):
        tried.append((f"{value}x" if isinstance(value, str) else value + 1, True))
    for spoilt, surely in tried:
        whole = copy.deepcopy(PLAIN)
        at(whole, path[:-1])[path[-1]] = spoilt
        try:
            yield Questionnaire.model_validate(_without_nothing(whole)), surely
        except ValidationError:
            continue  # no longer a questionnaire


def _without_nothing(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nothing(one) for key, one in value.items() if one is not None}
    if isinstance(value, list):
        return [_without_nothing(one) for one in value if one is not None]
    return value


def test_told_of_exactly_when_the_meaning_differs() -> None:
    """Whatever single value is changed: there is a change, both ways, if the hash is another; and
    it is when a number or a word is another one."""
    base, tried = model(BASE), 0
    for path in every_path(PLAIN):
        for variant, surely in variants(path):
            other = variant.form_hash != base.form_hash
            assert other or not surely, path
            assert bool(changes(base, variant)) is other, path
            assert bool(changes(variant, base)) is other, path
            tried += 1
    assert tried > 100
