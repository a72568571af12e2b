"""Items that a new version calls differently: followed in `diff`, or refused with a reason."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from imfsurvey.questionnaire import Questionnaire
from imfsurvey.questionnaire.changes import Change, changes
from imfsurvey.questionnaire.hashes import wording_hash
from imfsurvey.questionnaire.renames import called_now, rename_problems, renames
from imfsurvey.source.document import parse
from imfsurvey.source.model import validated
from imfsurvey.source.problems import Problem

OLD = """\
imfsurvey: 1
questionnaire:
  id: one
  version: "1"
  kind: perception
  framework: imf
  title: {fr: Titre}
  languages: [fr]
  default_language: fr
privacy: {mode: anonymous, breakdown_by: [staff]}
scales: {agree: {codes: [{code: 1, text: {fr: Non}}, {code: 2, text: {fr: Oui}}]}}
computed: [{id: long, expr: "years > 3 and staff == 'staff'"}]
sections:
  - id: staff
    title: {fr: Un}
    items:
      - id: staff
        type: single
        choices: [{code: staff, text: {fr: Vous}}, {code: other_staff, text: {fr: Eux}}]
        text: {fr: Qui}
      - {id: years, type: number, text: {fr: Durée}}
      - id: mood
        type: matrix
        scale: agree
        text: {fr: "Ambiance pour {staff}, {{staff}}"}
        show_if: staff == 'staff' and answered(staff)
        rows: [{id: calm, text: {fr: Calme}}, {id: kind, text: {fr: Aimable}}]
      - {id: seen, type: multi, choices: [{code: a, text: {fr: A}}], text: {fr: Vu}}
      - {id: worst, type: single, choices_from: seen, text: {fr: "Le pire de {seen}"}}
      - id: tasks
        type: repeat
        label: task
        text: {fr: Tâches}
        show_if: count(tasks) > 0 and max(seen.staff) > 1
        items:
          - {id: task, type: text, required: true, text: {fr: Quoi}}
          - {id: staff, type: text, text: {fr: "Avec qui, pour {staff}"}, show_if: count(staff) > 0}
"""
"""Section, item, choice and field of a repeat have the same name: only the item is renamed."""


def model(text: str) -> Questionnaire:
    """A questionnaire from its text."""
    return validated(Questionnaire, parse(text))


def declaring(text: str, **renamed: str) -> str:
    """The next version, with what it says of renamed items."""
    said = ", ".join(f"{old}: {new}" for old, new in renamed.items())
    block = f'version: "2"\n  replaces: {{version: "1", renamed: {{{said}}}}}'
    return text.replace('version: "1"', block, 1)


def renamed_by_hand(text: str) -> str:
    """The old file with `staff` called `role` where the item is meant, `calm` called `still`."""
    for old, new in (
        ("breakdown_by: [staff]", "breakdown_by: [role]"),
        ("and staff == 'staff'\"", "and role == 'staff'\""),
        ("      - id: staff\n", "      - id: role\n"),
        ("pour {staff}, {{staff}}", "pour {role}, {{staff}}"),
        (
            "show_if: staff == 'staff' and answered(staff)",
            "show_if: role == 'staff' and answered(role)",
        ),
        ("{id: calm,", "{id: still,"),
        ('pour {staff}"', 'pour {role}"'),
        ("count(staff)", "count(role)"),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def told(found: list[Change]) -> list[tuple[str, str]]:
    """Sort and key of changes, without those of `replaces` and the version."""
    return [(one.kind, ".".join(map(str, one.key))) for one in found if one.key[0] == "items"]


def test_a_renamed_item_is_the_same_wherever_it_is_named() -> None:
    """Conditions, computed values, breakdowns and piped texts follow; other names stay."""
    new = model(renamed_by_hand(OLD))
    assert called_now(model(OLD), {"staff": "role", "calm": "still"}) == new


def test_what_takes_its_choices_from_a_renamed_item() -> None:
    """Its source is the same one, and so are the words that are read."""
    new = OLD.replace("id: seen", "id: met").replace("from: seen", "from: met")
    new = new.replace("de {seen}", "de {met}").replace("seen.staff", "met.staff")
    followed = called_now(model(OLD), {"seen": "met"})
    assert wording_hash(followed, "worst", "fr") == wording_hash(model(new), "worst", "fr")
    assert followed.sections[0].items[4] == model(new).sections[0].items[4]


def test_without_renames_nothing_is_made_anew() -> None:
    """The very same questionnaire comes back."""
    old = model(OLD)
    assert called_now(old, {}) is old


def test_a_rename_is_one_comparable_change() -> None:
    """A row and an item that are only called differently: nothing else differs."""
    new = model(declaring(renamed_by_hand(OLD), staff="role", calm="still"))
    old = model(OLD)
    assert renames(old, new) == {"staff": "role", "calm": "still"}
    found = changes(old, new)
    assert told(found) == [("comparable", "items.role"), ("comparable", "items.mood.rows.still")]
    role = next(one for one in found if one.key == ("items", "role"))
    assert role.params == {"what": "items.role", "old": "staff", "new": "role"}
    assert role.old == role.new == ("sections", 0, "items", 0)


def test_without_the_declaration_it_is_gone() -> None:
    """An id that is another without a word: an item less, an item more."""
    kinds = [kind for kind, key in told(changes(model(OLD), model(renamed_by_hand(OLD))))]
    assert kinds.count("breaking") >= 2


def test_other_differences_are_told_under_the_new_id() -> None:
    """Renamed and reworded: two comparable changes; renamed and of another type: breaking."""
    text = declaring(renamed_by_hand(OLD), staff="role", calm="still")
    reworded = changes(model(OLD), model(text.replace("{fr: Qui}", "{fr: Votre rôle}")))
    assert ("comparable", "items.role.text") in told(reworded)
    assert {kind for kind, _ in told(reworded)} == {"comparable"}
    other = text.replace("text: {fr: Qui}", "text: {fr: Qui}\n        non_answers: [dk]")
    assert ("comparable", "items.role.non_answers.dk") in told(changes(model(OLD), model(other)))
    typed = text.replace("type: single\n", "type: multi\n", 1)
    assert ("breaking", "items.role.type") in told(changes(model(OLD), model(typed)))


def problems(new: str) -> list[Problem]:
    """What is wrong with the renames of a next version."""
    document = parse(new)
    return list(rename_problems(model(OLD), validated(Questionnaire, document), document))


@pytest.mark.parametrize(
    ("was", "called", "code"),
    [
        ("stuff", "role", "IMF-T160"),  # nobody was called so
        ("task", "role", "IMF-T160"),  # a field of a repeat is no item
        ("years", "role", "IMF-T161"),  # still there
        ("staff", "years", "IMF-T162"),  # years is somebody else
    ],
)
def test_a_rename_that_does_not_fit(was: str, called: str, code: str) -> None:
    """Unknown, still there, or onto an id that had an owner: told at its line, and not followed."""
    new = declaring(renamed_by_hand(OLD), **{was: called, "calm": "still"})
    (found,) = problems(new)
    assert (found.code, found.line) == (code, 5)
    assert was in found.message
    assert renames(model(OLD), model(new)) == {"calm": "still"}


def test_a_rename_to_an_item_that_is_not_there() -> None:
    """`check` tells of it; nothing is followed."""
    new = declaring(OLD.replace("id: years,", "id: since,").replace("years >", "since >"))
    replaced = new.replace("renamed: {}", "renamed: {years: age}")
    assert renames(model(OLD), model(replaced)) == {}


@pytest.mark.parametrize("word", ["and", "not", "this", "today"])
def test_a_name_that_no_condition_can_have(word: str) -> None:
    """A word of the language of conditions is not followed into them."""
    new = declaring(OLD.replace("      - id: staff\n", f"      - id: {word}\n", 1), staff=word)
    assert renames(model(OLD), model(new)) == {}
    assert "breaking" in {one.kind for one in changes(model(OLD), model(new))}


def test_a_condition_that_grows_too_long() -> None:
    """With a longer name it could not be written: it is told as another condition."""
    long = " or ".join(["answered(staff)"] * 52)  # 984 characters of 1000
    old = model(OLD.replace("count(tasks) > 0 and max(seen.staff) > 1", long))
    new = declaring(
        OLD.replace("      - id: staff\n", "      - id: personnel\n", 1), staff="personnel"
    )
    kinds = {key: kind for kind, key in told(changes(old, model(new)))}
    assert kinds["items.tasks.show_if"] == "comparable"
    assert kinds["items.personnel"] == "comparable"


def test_renames_that_fit_are_no_problem() -> None:
    """Nothing to say, nor of a version that declares none."""
    assert problems(declaring(renamed_by_hand(OLD), staff="role", calm="still")) == []
    assert problems(OLD) == []


def test_the_old_version_is_left_as_it_is() -> None:
    """Following renames changes no model in memory."""
    old = model(OLD)
    before: Any = copy.deepcopy(old.model_dump())
    called_now(old, {"staff": "role"})
    assert old.model_dump() == before
