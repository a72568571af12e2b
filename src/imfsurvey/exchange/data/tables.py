"""The responses of a wave as tables: anonymous ones for key holders, named ones by rater."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from imfsurvey.analysis.microdata import Microdata
from imfsurvey.exchange.data.codebook import (
    Category,
    Cell,
    Codebook,
    Names,
    Number,
    Table,
    Variable,
)
from imfsurvey.exchange.data.described import Describer, Part
from imfsurvey.exchange.data.wording import Wording
from imfsurvey.i18n.catalogue import N_, Marked, Translator
from imfsurvey.i18n.errors import RefusedError
from imfsurvey.interview.answers import BLANK
from imfsurvey.interview.variables import STATUS_BYTES
from imfsurvey.questionnaire import Choice, Questionnaire, RepeatItem
from imfsurvey.study.assessment import ASSESSMENT_FILE, SEALED_FILE, Assessment, Draft
from imfsurvey.study.kinds import RATERS, Counted, Rater
from imfsurvey.study.wave import Wave

CONFIDENTIAL: Final = "CONFIDENTIAL"
"""In the name of every file with answers of single people, understood in all four languages."""

RATER_WORDS: Final[Mapping[Counted, Marked]] = {
    "mandatary": N_("Mandate holder"),
    "officer": N_("Integrity officer"),
    "other": N_("Other rater"),
    "external": N_("External rater"),
    "agreed": N_("Agreed by the raters"),
}
"""Who gave a self-assessment."""


@dataclass(frozen=True)
class Subject:
    """One questionnaire of a wave, in one language."""

    wave: Wave
    questionnaire: Questionnaire
    groups: Sequence[Choice]
    entity: str
    t: Translator

    @property
    def stem(self) -> str:
        """How its files begin."""
        return f"{self.wave.id}-{self.wave.stem(self.questionnaire.id)}"

    @property
    def wording(self) -> Wording:
        """Its words."""
        return Wording(self.questionnaire, self.wave.framework, self.groups, self.t)

    def codebook(
        self, variables: Sequence[Variable], *remarks: str, confidential: bool = False
    ) -> Codebook:
        """Around some variables."""
        t, identity = self.t, self.questionnaire.questionnaire
        label = self.wave.file.label.say(t.language)
        return Codebook(
            title=identity.title.say(t.language),
            language=t.language,
            facts=(
                (t("Entity"), self.entity),
                (t("Wave"), f"{label} ({self.wave.id})"),
                (t("Questionnaire"), identity.title.say(t.language)),
                (t("Version"), f"{identity.id} {identity.version}"),
            ),
            identity=f"{identity.id} {identity.version}",
            variables=tuple(variables),
            confidential=confidential,
            remarks=remarks,
        )


def coded_parts(subject: Subject, without: Sequence[str] = ()) -> list[Part]:
    """What an anonymous record holds, item by item."""
    describer = Describer(subject.wording)
    parts = [describer.coded(item) for item in subject.questionnaire.coded_items()]
    return [part for part in parts if part.item.id not in without]


def anonymous_codebook(subject: Subject) -> Codebook:
    """All variables of an anonymous questionnaire, without any data."""
    variables = [one for part in coded_parts(subject) for one in part.variables]
    remark = subject.t("Free texts are kept apart and stand in no data file.")
    return subject.codebook(variables, remark)


def microdata_table(subject: Subject, microdata: Microdata, without: Sequence[str]) -> Table:
    """The responses of single people, sorted by what they say, so that their order tells nothing.

    `without`: ids of items that are left out.
    """
    t, privacy = subject.t, subject.questionnaire.privacy
    variables = [one for part in coded_parts(subject, without) for one in part.variables]
    kept = [
        name
        for item in subject.wave.codec(subject.questionnaire).items
        if item.id not in without
        for name in (variable.name for variable in item.variables)
    ]
    columns = [
        _values(variable, microdata.columns[name])
        for variable, name in zip(variables, kept, strict=True)
    ]
    rows = sorted(zip(*columns, strict=True))
    remarks = [
        t(
            "Confidential microdata: each row is what one person answered, who was promised that "
            "nobody but the key holders reads it. Do not pass it on. Publish no figure on fewer "
            "than {k} answers, of a group on fewer than {k_group}.",
            k=privacy.k_total,
            k_group=max(privacy.k, privacy.k_total),
        ),
        t(
            "Rows are sorted by their values. Their order, like everything else here, tells "
            "nothing of when or where somebody answered."
        ),
        t("Free texts are kept apart and stand in no data file."),
    ]
    if without:
        remarks.append(
            t("Left out, because they could single people out: {items}.", items=", ".join(without))
        )
    return Table(
        f"{subject.stem}-microdata-{CONFIDENTIAL}",
        subject.codebook(variables, *remarks, confidential=True),
        tuple(list(column) for column in zip(*rows, strict=True))
        if rows
        else ((),) * len(variables),
    )


def _values(variable: Variable, column: bytes) -> list[Number]:
    """What the bytes of a variable stand for."""
    meant: dict[int, Number] = dict(enumerate(one.value for one in variable.answers))
    meant |= {STATUS_BYTES[status]: value for status, value in variable.statuses.items()}
    return [meant[byte] for byte in column]


# --- named responses --------------------------------------------------------------------------


def named_tables(subject: Subject) -> Iterator[Table]:
    """One row for each rater, and for each repeat a table of its entries.

    Raises `RefusedError` when they were sealed at closing, `StorageError` as reading does.
    """
    if (sealed := sealed_answers(subject.wave)) is not None:
        raise sealed
    drafts = _drafts(subject)
    yield _responses(subject, drafts)
    for item in subject.questionnaire.asking_items():
        if isinstance(item, RepeatItem):
            yield _entries(subject, item, drafts)


def sealed_answers(wave: Wave) -> RefusedError | None:
    """Why the named answers of a wave cannot be read any more; None where they can."""
    sealed = wave.folder / SEALED_FILE
    if not sealed.is_file() or (wave.folder / ASSESSMENT_FILE).is_file():
        return None
    return RefusedError(
        "IMF-F440",
        "The named answers of wave '{wave}' were sealed when it closed: a key holder opens "
        "{file} with the age program.",
        wave=wave.id,
        file=str(sealed),
    )


def named_codebook(subject: Subject) -> Codebook:
    """The variables of a named questionnaire, without any data."""
    return _responses(subject, {}).codebook


def _drafts(subject: Subject) -> dict[Rater, Draft]:
    assessment = Assessment(subject.wave)
    found = {rater: assessment.draft(subject.questionnaire, rater) for rater in RATERS}
    return {rater: draft for rater, draft in found.items() if draft is not None}


def _responses(subject: Subject, drafts: dict[Rater, Draft]) -> Table:
    t, names = subject.t, Names()
    rater = _rater(subject, names)
    finished = _own(names, "finished", t("Finished"), ((0, t("no")), (1, t("yes"))))
    describer = Describer(subject.wording, names)
    parts = [
        part for item in subject.questionnaire.asking_items() for part in describer.named(item)
    ]
    rows = [
        [
            RATERS.index(who) + 1,
            int(draft.finished),
            *(
                cell
                for part in parts
                for cell in part.cells(draft.counted.get(part.item.id, BLANK))
            ),
        ]
        for who, draft in drafts.items()
    ]
    variables = [rater, finished, *(one for part in parts for one in part.variables)]
    remark = t("One row for each rater, in their own name.")
    return _table(subject.stem, subject.codebook(variables, remark), rows)


def _entries(subject: Subject, repeat: RepeatItem, drafts: dict[Rater, Draft]) -> Table:
    t, names = subject.t, Names()
    rater = _rater(subject, names)
    entry = Variable(names.take("entry"), t("Id of the entry"), "text", item=repeat.id)
    describer = Describer(subject.wording, names)
    parts = [part for field in repeat.items for part in describer.named(field)]
    rows = [
        [
            RATERS.index(who) + 1,
            one.id,
            *(cell for part in parts for cell in part.cells(one.answers.get(part.item.id, BLANK))),
        ]
        for who, draft in drafts.items()
        for one in draft.counted.get(repeat.id, BLANK).entries
    ]
    variables = [rater, entry, *(one for part in parts for one in part.variables)]
    remark = t("One row for each entry of '{item}'.", item=repeat.id)
    return _table(f"{subject.stem}-{repeat.id}", subject.codebook(variables, remark), rows)


def _rater(subject: Subject, names: Names) -> Variable:
    t = subject.t
    words = tuple(
        (place, t.messages.gettext(RATER_WORDS[who])) for place, who in enumerate(RATERS, start=1)
    )
    variable = _own(names, "rater", t("Who answered"), words)
    codes = (replace(one, code=who) for one, who in zip(variable.categories, RATERS, strict=True))
    return replace(variable, categories=tuple(codes))


def _own(names: Names, name: str, label: str, words: Sequence[tuple[int, str]]) -> Variable:
    """A variable that belongs to no item."""
    categories = tuple(Category(value, text, value) for value, text in words)
    return Variable(names.take(name), label, "category", categories=categories)


def _table(name: str, codebook: Codebook, rows: Sequence[Sequence[Cell]]) -> Table:
    width = len(codebook.variables)
    return Table(
        name,
        replace(codebook, named=True),
        tuple([row[place] for row in rows] for place in range(width)),
    )
