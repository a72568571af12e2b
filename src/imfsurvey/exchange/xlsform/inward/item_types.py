"""What each question becomes in our language, with the list that it chooses from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from imfsurvey.exchange.xlsform.extras import extras_of
from imfsurvey.exchange.xlsform.form import OURS, Form
from imfsurvey.exchange.xlsform.inward.choices import ChoiceList, list_of
from imfsurvey.exchange.xlsform.inward.names import Target, TargetKind
from imfsurvey.exchange.xlsform.inward.sections import Draft, SectionDraft, appearances
from imfsurvey.exchange.xlsform.losses import Losses
from imfsurvey.questionnaire.offered import MAX_CHOICES

_TYPES: Final = {
    **{"text": "text", "integer": "number", "decimal": "number", "range": "number"},
    **{"date": "date", "dateTime": "date", "note": "info", "acknowledge": "info"},
    **{"select_multiple": "multi", "rank": "ranking", "repeat": "repeat"},
}
_KINDS: Final[dict[str, TargetKind]] = {
    **{"single": "code", "yes_no": "code", "likert": "code", "maturity": "code"},
    **{"multi": "several", "ranking": "several", "number": "number", "text": "text"},
    **{"date": "date", "repeat": "repeat"},
}


@dataclass
class Resolved:
    """A draft with its type and its choices."""

    draft: Draft
    type: str
    choices: ChoiceList | None = None
    inner: list[Resolved] = field(default_factory=list)

    def target(self, repeat: str = "") -> Target | None:
        """What expressions know of it; None for what asks nothing."""
        kind = _KINDS.get(self.type)
        if kind is None:
            return None
        name = f"{repeat}.{self.draft.id}" if repeat else self.draft.id
        if self.choices is None:
            return Target(name, kind)
        return Target(name, kind, self.choices.codes, self.choices.non_answers)


@dataclass
class Resolver:
    """Decides for one form."""

    form: Form
    losses: Losses
    _lists: dict[str, ChoiceList] = field(default_factory=dict)

    def sections(
        self, sections: list[SectionDraft]
    ) -> Iterator[tuple[SectionDraft, list[Resolved]]]:
        """Sections with what can be asked in them; the others are left out."""
        for section in sections:
            resolved = [one for draft in section.drafts if (one := self._one(draft))]
            if any(one.type != "computed" for one in resolved):
                yield section, resolved
            else:
                yield SectionDraft(None), resolved

    def _one(self, draft: Draft, *, inside: bool = False) -> Resolved | None:
        if draft.role == "computed":
            return Resolved(draft, "computed")
        if draft.role == "matrix":
            return self._matrix(draft)
        if draft.role == "repeat":
            return self._repeat(draft)
        ours = extras_of(draft.row).get("type")
        word = draft.kind.word
        if word in ("select_one", "select_multiple", "rank"):
            found = self._chosen(draft)
            if found is not None and isinstance(ours, str):
                found.type = ours
            if found is not None and inside and found.type == "likert":
                found.type = "single"
            return found
        if word == "dateTime":
            self.losses.add("IMF-W153", "the day is asked, not the time", draft.row.at("type"))
        return Resolved(draft, ours if isinstance(ours, str) else _TYPES[word])

    def _chosen(self, draft: Draft) -> Resolved | None:
        row, name = draft.row, draft.kind.list_name
        choices = self._list(name)
        if choices is None or not choices.entries:
            self.losses.add(
                "IMF-W143",
                "there is no list '{list}' in the sheet 'choices'; '{name}' is left out",
                row.at("type"),
                list=name,
                name=row.get("name"),
            )
            return None
        if len(choices.entries) > MAX_CHOICES:
            self.losses.add(
                "IMF-W143",
                "the list '{list}' has more than {limit} choices; '{name}' is left out",
                row.at("type"),
                list=name,
                limit=MAX_CHOICES,
                name=row.get("name"),
            )
            return None
        if draft.kind.word != "select_one":
            return Resolved(draft, _TYPES[draft.kind.word], choices)
        return self._single(draft, choices)

    def _single(self, draft: Draft, choices: ChoiceList) -> Resolved:
        plain = not draft.kind.other and not draft.row.get("choice_filter")
        if plain and "likert" in appearances(draft.row) and len(choices.entries) > 1:
            return Resolved(draft, "likert", self._scale(choices))
        yes_no = choices.as_yes_no() if plain else None
        if yes_no is None or OURS + "type" in draft.row.cells:
            return Resolved(draft, "single", choices)
        if OURS + "id" not in draft.row.cells and _named_otherwise(choices):
            self.losses.add(
                "IMF-W155",
                "yes and no are worded by imfsurvey, not by the list '{list}'",
                draft.row.at("type"),
                list=choices.name,
            )
        return Resolved(draft, "yes_no", yes_no)

    def _scale(self, choices: ChoiceList) -> ChoiceList:
        scale = choices.as_scale()
        for entry in choices.entries:
            if entry.name in scale.non_answers:
                self.losses.add(
                    "IMF-W147",
                    "'{name}' counts as no answer here, not as a point of the scale",
                    entry.row.at("name"),
                    name=entry.name,
                )
        for entry in scale.entries:
            if str(entry.code) != entry.name:
                self.losses.add(
                    "IMF-W147",
                    "the code '{name}' is '{code}' here",
                    entry.row.at("name"),
                    name=entry.name,
                    code=entry.code,
                )
        return scale

    def _matrix(self, draft: Draft) -> Resolved | None:
        choices = self._list(draft.kind.list_name)
        if choices is None or len(choices.entries) < 2:
            self.losses.add(
                "IMF-W143",
                "there is no list '{list}' in the sheet 'choices'; '{name}' is left out",
                draft.row.at("type"),
                list=draft.kind.list_name,
                name=draft.row.get("name"),
            )
            return None
        scale = self._scale(choices)
        rows = [Resolved(row, "likert", scale) for row in draft.inner]
        return Resolved(draft, "matrix", scale, rows)

    def _repeat(self, draft: Draft) -> Resolved | None:
        inner = [one for row in draft.inner if (one := self._one(row, inside=True))]
        if any(one.type == "text" for one in inner):
            return Resolved(draft, "repeat", None, inner)
        self.losses.add(
            "IMF-W157",
            "the repeat '{name}' asks no text by which an entry could be called; it is left out",
            draft.row.at(),
            name=draft.row.get("name"),
        )
        return None

    def plain(self, name: str) -> ChoiceList | None:
        """A list by its name, whether or not a question chooses from it."""
        return self._list(name)

    def scale(self, name: str) -> ChoiceList | None:
        """The same as a scale."""
        choices = self._list(name)
        return choices.as_scale() if choices is not None else None

    def _list(self, name: str) -> ChoiceList | None:
        if name not in self._lists and name in self.form.choices:
            self._lists[name] = list_of(name, self.form.choices[name], self.losses)
        return self._lists.get(name)


def _named_otherwise(choices: ChoiceList) -> bool:
    """Whether its words are other than plain yes and no."""
    usual = {"yes", "no", "oui", "non", "ja", "nee", "neen", "nein"}
    words = {
        text.casefold() for entry in choices.entries for text in entry.row.text("label").values()
    }
    return not words <= usual
