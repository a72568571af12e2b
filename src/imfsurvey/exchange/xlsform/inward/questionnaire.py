"""From a `Form` to the plain values of a questionnaire file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from imfsurvey.exchange.xlsform.extras import extras_of
from imfsurvey.exchange.xlsform.form import SURVEY, TEXTS, Form
from imfsurvey.exchange.xlsform.inward.choices import ChoiceList
from imfsurvey.exchange.xlsform.inward.computed import Formulas
from imfsurvey.exchange.xlsform.inward.groups import tree_of
from imfsurvey.exchange.xlsform.inward.ids import Ids, file_id_of
from imfsurvey.exchange.xlsform.inward.item_types import Resolved, Resolver
from imfsurvey.exchange.xlsform.inward.items import ItemBuilder
from imfsurvey.exchange.xlsform.inward.names import Place, Scope
from imfsurvey.exchange.xlsform.inward.sections import SectionDraft, sections_of
from imfsurvey.exchange.xlsform.losses import At, Losses, no_form

FRAMEWORK: Final = "be.police.imf"
ANONYMOUS: Final = ("info", "single", "multi", "yes_no", "likert", "matrix", "ranking")
"""Types that do not tell who answered."""

NAMED_KINDS: Final = ("self_assessment", "policy")

_SETTINGS: Final = (
    *("kind", "framework", "status", "require_complete", "replaces", "languages", "title"),
)
"""Extras of the sheet of settings that belong to the block `questionnaire`."""


@dataclass(frozen=True)
class Wishes:
    """What the caller says of the questionnaire to be."""

    kind: str | None = None
    framework: str = FRAMEWORK
    name: str = ""
    """What it is called where the workbook says nothing: the name of the file."""


@dataclass
class _Maker:
    form: Form
    wishes: Wishes
    losses: Losses
    scope: Scope = field(default_factory=Scope)
    formulas: dict[str, Resolved] = field(default_factory=dict)
    """Computed values by their name in the workbook."""

    def questionnaire(self) -> dict[str, Any]:
        drafts = sections_of(tree_of(self.form, self.losses), self.losses)
        pairs = list(Resolver(self.form, self.losses).sections(drafts))
        self._take_names(pairs)
        computed = Formulas(self.formulas, self.scope, self.losses).computed()
        lists = _shared(pairs, self._named_lists())
        builder = ItemBuilder(
            self.form, self.scope, self.losses, lists, _scales(pairs, self._named_scales())
        )
        sections = [
            self._section(builder, section, resolved)
            for section, resolved in pairs
            if any(one.type != "computed" for one in resolved)
        ]
        if not sections:
            raise no_form(
                "IMF-E149", "the workbook asks nothing that can be taken over", At(SURVEY)
            )
        # A column of ours may say anything for the type; what is none is refused further on.
        said = (item.get("type") for section in sections for item in section["items"])
        types = {one for one in said if isinstance(one, str)}
        others = any("other" in item for section in sections for item in section["items"])
        made: dict[str, Any] = {"imfsurvey": 1, "questionnaire": self._identity(types, others)}
        made["privacy"] = self._privacy(made["questionnaire"]["kind"])
        made["scales"] = self._scales(builder, pairs)
        made["choice_lists"] = self._lists(builder, pairs)
        made["themes"] = self._extra("themes", [])
        made["computed"] = computed
        made["sections"] = sections
        return {key: value for key, value in made.items() if value not in ({}, [], None)}

    # --- names

    def _take_names(self, pairs: Sequence[tuple[SectionDraft, Sequence[Resolved]]]) -> None:
        for _, resolved in pairs:
            for one in resolved:
                if one.type == "computed":
                    if one.draft.row.get("name"):
                        self.formulas.setdefault(one.draft.row.get("name"), one)
                    continue
                self._take(one, "")
                for inner in one.inner:
                    self._take(inner, one.draft.id if one.type == "repeat" else "")

    def _take(self, one: Resolved, repeat: str) -> None:
        target, row = one.target(repeat), one.draft.row
        if target and not self.scope.add(row.get("name"), target, one.draft.order, repeat):
            self.losses.add(
                "IMF-W158",
                "'{name}' is the name of several questions; expressions mean the first",
                row.at("name"),
                name=row.get("name"),
            )

    # --- parts of the file

    def _section(
        self, builder: ItemBuilder, section: SectionDraft, resolved: Sequence[Resolved]
    ) -> dict[str, Any]:
        items = [one for one in resolved if one.type != "computed"]
        place = Place(items[0].draft.order)
        made: dict[str, Any] = {"id": section.id}
        if section.row is None:
            made["title"] = {self.form.default_language: self._title()}
            self.losses.add(
                "IMF-W162",
                "questions outside of all groups stand in a section '{id}' of their own",
                items[0].draft.row.at(),
                id=section.id,
            )
        else:
            made["title"] = builder.stem(section.row, section.row.get("name") or section.id, place)
        rows = (*section.conditions, *([section.row] if section.row else []))
        if shown := builder.shown_if(rows, place):
            made["show_if"] = shown
        if section.row is not None:
            made |= extras_of(section.row)
            for column in TEXTS[1:]:
                if section.row.texts.get(column):
                    builder.column_lost(section.row, column)
        made["items"] = [builder.build(one) for one in items]
        return made

    def _title(self) -> str:
        settings = self.form.settings
        return settings.get("form_title") or settings.get("form_id") or self.wishes.name or "-"

    def _extra(self, name: str, otherwise: Any) -> Any:
        return extras_of(self.form.settings).get(name, otherwise)

    def _named_lists(self) -> Mapping[str, Any]:
        named = self._extra("choice_lists", {})
        return named if isinstance(named, dict) else {}

    def _named_scales(self) -> Mapping[str, Any]:
        named = self._extra("scales", {})
        return named if isinstance(named, dict) else {}

    def _identity(self, types: set[str], others: bool) -> dict[str, Any]:
        settings, wishes = self.form.settings, self.wishes
        form_id = settings.get("form_id") or wishes.name
        identity: dict[str, Any] = {"id": file_id_of(form_id)}
        if settings.get("form_id") and identity["id"] != form_id:
            self.losses.add(
                "IMF-W146",
                "'{name}' is called '{id}' here",
                settings.at("form_id"),
                name=form_id,
                id=identity["id"],
            )
        identity["version"] = settings.get("version") or "1"
        identity["kind"] = wishes.kind or self._extra("kind", None) or self._kind(types, others)
        identity["framework"] = wishes.framework
        identity["title"] = {self.form.default_language: self._title()}
        identity["languages"] = list(self.form.languages)
        identity["default_language"] = self.form.default_language
        extras = {name: self._extra(name, None) for name in _SETTINGS if name != "kind"}
        identity |= {name: given for name, given in extras.items() if given is not None}
        return identity

    def _kind(self, types: set[str], others: bool) -> str:
        """Anonymous when nothing tells who answered; said in the report."""
        telling = sorted(types - set(ANONYMOUS)) + (["or_other"] if others else [])
        if telling:
            self.losses.add(
                "IMF-W156",
                "taken for a self-assessment, which is named, since it asks: {types}; --kind says "
                "otherwise",
                types=", ".join(telling),
            )
            return "self_assessment"
        self.losses.add(
            "IMF-W156",
            "taken for a survey, which is anonymous, since it asks for choices only; --kind says "
            "otherwise",
        )
        return "perception"

    def _privacy(self, kind: str) -> dict[str, Any]:
        mode = "named" if kind in NAMED_KINDS else "anonymous"
        given = self._extra("privacy", {})
        kept = given if isinstance(given, dict) and given.get("mode", mode) == mode else {}
        return {"mode": mode} | kept

    def _scales(
        self, builder: ItemBuilder, pairs: Sequence[tuple[SectionDraft, Sequence[Resolved]]]
    ) -> dict[str, Any]:
        """The scales in use, and those that are only named."""
        used = {
            one.choices.name: one.choices
            for _, resolved in pairs
            for one in _all(resolved)
            if one.type in ("likert", "matrix") and one.choices
        }
        resolver = Resolver(self.form, Losses())
        made: dict[str, Any] = {}
        for name, given in builder.scales.items():
            choices = used.get(name) or resolver.scale(name)
            if choices is not None:
                made[given] = self._scale(builder, choices, given)
        return made

    def _scale(self, builder: ItemBuilder, choices: ChoiceList, name: str) -> dict[str, Any]:
        codes = [
            {"code": entry.code, "text": builder.stem(entry.row, entry.name, Place(0))}
            for entry in choices.entries
        ]
        scale: dict[str, Any] = {"codes": codes}
        if choices.non_answers:
            scale["non_answers"] = list(choices.non_answers.values())
        extras = self._named_scales().get(name, {})
        return scale | (extras if isinstance(extras, dict) else {})

    def _lists(
        self, builder: ItemBuilder, pairs: Sequence[tuple[SectionDraft, Sequence[Resolved]]]
    ) -> dict[str, Any]:
        """The lists that several items share, as the first of them has it."""
        made: dict[str, Any] = {}
        for _, resolved in pairs:
            for one in _all(resolved):
                given = builder.lists.get(one.choices.name) if one.choices else None
                if given and given not in made and not one.draft.row.get("choice_filter"):
                    made[given] = builder.listed(one, Place(one.draft.order))
        return {**made, **self._unused_lists(builder, made)}

    def _unused_lists(self, builder: ItemBuilder, made: Mapping[str, Any]) -> dict[str, Any]:
        """Lists that we named, with our own wording of their conditions."""
        lists: dict[str, Any] = {}
        resolver = Resolver(self.form, Losses())
        for name, conditions in self._named_lists().items():
            plain = resolver.plain(name)
            choices = made.get(name) or (builder.plainly(plain) if plain else [])
            for choice in choices:
                code = str(choice["code"])
                if isinstance(conditions, dict) and code in conditions:
                    choice["show_if"] = conditions[code]
            lists[name] = choices
        return lists


def _all(resolved: Iterable[Resolved]) -> Iterable[Resolved]:
    for one in resolved:
        yield one
        yield from one.inner


def _shared(
    pairs: Sequence[tuple[SectionDraft, Sequence[Resolved]]], named: Mapping[str, Any]
) -> dict[str, str]:
    """The id of each list that several items choose from, and of those that are named so."""
    uses = Counter(
        one.choices.name
        for _, resolved in pairs
        for one in _all(resolved)
        if one.choices
        and one.type in ("single", "multi", "ranking")
        and not one.draft.row.get("choice_filter")
        and not one.draft.row.get("constraint")
    )
    ids = Ids(set(named))
    several = [name for name, count in uses.items() if count > 1 and name not in named]
    return {**{name: name for name in named}, **{one: ids.give(one, "list") for one in several}}


def _scales(
    pairs: Sequence[tuple[SectionDraft, Sequence[Resolved]]], named: Mapping[str, Any]
) -> dict[str, str]:
    """The id of each list that is a scale."""
    used = {
        one.choices.name
        for _, resolved in pairs
        for one in _all(resolved)
        if one.choices and one.type in ("likert", "matrix")
    }
    ids = Ids(set(named))
    return {
        **{name: name for name in named},
        **{one: ids.give(one, "scale") for one in sorted(used) if one not in named},
    }


def questionnaire_of(form: Form, wishes: Wishes, losses: Losses) -> dict[str, Any]:
    """The plain values of the questionnaire in a form. Raises `NoFormError`."""
    return _Maker(form, wishes, losses).questionnaire()
