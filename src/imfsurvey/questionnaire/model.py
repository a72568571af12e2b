"""The models of a questionnaire file. Ids and codes are for ever; texts may change."""

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from imfsurvey.i18n.catalogue import LANGUAGES
from imfsurvey.questionnaire.expressions import Expression
from imfsurvey.questionnaire.items import (
    STUDY_GROUPS,
    AskingItem,
    ChoosingItem,
    InfoItem,
    ListedChoice,
    MultiItem,
    NonAnswer,
    Order,
    RankingItem,
    SingleItem,
    YesNoItem,
    faults_of_codes,
)
from imfsurvey.questionnaire.rated import LikertItem, MatrixItem, MaturityItem, Scale
from imfsurvey.questionnaire.reach import Reach
from imfsurvey.questionnaire.written import (
    DateItem,
    FreeField,
    NumberItem,
    RepeatItem,
    TextItem,
    free_fields,
)
from imfsurvey.source.hashes import content_hash
from imfsurvey.source.model import (
    Code,
    ItemId,
    LanguageVersion,
    Many,
    SourceModel,
    Text,
    fault,
    faults,
)
from imfsurvey.source.places import KeyPath
from imfsurvey.source.texts import unknown_language

Kind = Literal["self_assessment", "perception", "session", "policy"]

NAMED: Final[tuple[Kind, ...]] = ("self_assessment", "policy")
"""Kinds that are answered in one's own name; all others are anonymous."""

FLOOR_K = 5
"""No figure on fewer answers than this, whatever a questionnaire says."""


class Replaces(SourceModel):
    """The version before, and what is only called differently since."""

    version: str
    renamed: dict[ItemId, ItemId] = Field(default_factory=dict)
    """Id there -> id here."""


class Identity(SourceModel):
    """What the questionnaire is."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")
    version: str
    status: Literal["draft", "published", "retired"] = "draft"
    kind: Kind
    framework: str
    """Id of the framework that its items measure."""
    title: Text
    languages: Many[str] = Field(min_length=1)
    default_language: str
    require_complete: Many[str] = ()
    """Languages in which not one text may be missing."""
    replaces: Replaces | None = None

    @model_validator(mode="after")
    def _known_languages(self) -> Self:
        found = [
            unknown_language(language, at=("languages", index))
            for index, language in enumerate(self.languages)
            if language not in LANGUAGES
        ]
        if self.default_language not in self.languages:
            found.append(_not_a_language(self.default_language, ("default_language",)))
        found += [
            _not_a_language(language, ("require_complete", index))
            for index, language in enumerate(self.require_complete)
            if language not in self.languages
        ]
        if found:
            raise faults(found)
        return self


def _not_a_language(language: str, at: KeyPath) -> PydanticCustomError:
    return fault(
        "IMF-E033",
        "'{language}' is not among the languages of this questionnaire",
        at=at,
        language=language,
    )


class Privacy(SourceModel):
    """What is promised to the respondent; frozen when a wave opens."""

    mode: Literal["anonymous", "named"]
    k: int = Field(default=10, ge=FLOOR_K)
    """Breakdowns: no figure on fewer valid answers."""
    k_total: int = Field(default=FLOOR_K, ge=FLOOR_K)
    """The whole entity: no figure on fewer valid answers."""
    breakdown_by: Many[ItemId] = ()
    """The only items that results may be broken down by."""
    max_breakdowns: int = Field(default=1, ge=1, le=3)
    """How many of them may be crossed."""
    k_comments: int = Field(default=12, ge=FLOOR_K)
    """No comments of fewer respondents."""
    comments: Literal["detached"] = "detached"
    """Never stored beside other answers."""
    keep: Annotated[Many[str], Field(max_length=0)] = ()
    """What is kept beyond the answers: nothing."""


class Theme(SourceModel):
    """A group of perception items reported together."""

    id: Code
    label: Text
    apart: bool = False
    """Its statements are figures of their own: they measure no topic (of invented cases, say)."""


Item = (
    InfoItem
    | SingleItem
    | YesNoItem
    | MultiItem
    | LikertItem
    | MaturityItem
    | RankingItem
    | NumberItem
    | TextItem
    | DateItem
    | RepeatItem
)
"""What is shown and answered as one; a matrix counts as its rows."""

SectionItem = Item | MatrixItem
"""What may stand in a section of the file."""


class Computed(SourceModel):
    """A value worked out from answers: for conditions and for words put into texts."""

    id: ItemId
    expr: Expression


class Facilitation(SourceModel):
    """Notes for who leads a round of a team session; respondents never see them."""

    open: Text
    """How to open the round."""
    polarised: Text
    """What to ask when the votes lie far apart."""
    close: Text
    """How to close it: what to note down."""


class Section(SourceModel):
    """Items that belong together; in a team session, a round."""

    id: ItemId
    title: Text
    introduction: Text | None = None
    """Shown above every stem of the section: a case to judge, a beginning that all share."""
    facilitation: Facilitation | None = None
    """Only in a team session."""
    show_if: Expression | None = None
    """Shown only when this is true, and in it what its own conditions let through."""
    order: Order = "fixed"
    """Of its items; drawn anew for each respondent, never stored of an anonymous one."""
    items: Many[Annotated[SectionItem, Field(discriminator="type")]] = Field(min_length=1)


class Questionnaire(SourceModel):
    """A whole questionnaire file, validated."""

    imfsurvey: LanguageVersion
    questionnaire: Identity
    privacy: Privacy
    scales: dict[ItemId, Scale] = Field(default_factory=dict)
    choice_lists: dict[ItemId, Annotated[Many[ListedChoice], Field(min_length=1)]] = Field(
        default_factory=dict
    )
    """Choices used by several items."""
    themes: Many[Theme] = ()
    computed: Many[Computed] = ()
    sections: Many[Section] = Field(min_length=1)

    @model_validator(mode="after")
    def _codes_of_lists_differ(self) -> Self:
        found = [
            one
            for name, choices in self.choice_lists.items()
            for one in faults_of_codes(choices, ("choice_lists", name))
        ]
        if found:
            raise faults(found)
        return self

    @property
    def id(self) -> str:
        """The questionnaire's id."""
        return self.questionnaire.id

    @property
    def kind(self) -> Kind:
        """What it measures."""
        return self.questionnaire.kind

    @property
    def anonymous(self) -> bool:
        """Whether nothing may tell who answered."""
        return self.privacy.mode == "anonymous"

    @cached_property
    def items(self) -> dict[str, Item]:
        """Every item by id, in order of the file; each row of a matrix in its place."""
        return {one.id: one for section in self.sections for one, _ in items_of(section)}

    def asking_items(self) -> Iterator[Item]:
        """The items that take an answer."""
        return (item for item in self.items.values() if not isinstance(item, InfoItem))

    def coded_items(self) -> Iterator[Item]:
        """Those of them that stand in an anonymous record: all but texts, which are kept apart."""
        return (item for item in self.asking_items() if not isinstance(item, TextItem))

    @cached_property
    def free_texts(self) -> dict[tuple[str, FreeField], int]:
        """By item id and field: the most characters of each free text."""
        return {
            (item.id, field): limit
            for item in self.asking_items()
            for field, limit in free_fields(item).items()
        }

    @cached_property
    def conditions(self) -> dict[str, tuple[Expression, ...]]:
        """By item id: all that must be true for it to be shown, of its section and matrix too."""
        return {
            item.id: tuple(
                one.show_if for one in (section, matrix, item) if one and one.show_if is not None
            )
            for section in self.sections
            for item, matrix in items_of(section)
        }

    @cached_property
    def matrices(self) -> dict[str, MatrixItem]:
        """By the id of a row: the matrix that it stands in."""
        return {
            item.id: matrix
            for section in self.sections
            for item, matrix in items_of(section)
            if matrix is not None
        }

    @cached_property
    def formulas(self) -> dict[str, Expression]:
        """The computed values by id."""
        return {one.id: one.expr for one in self.computed}

    @cached_property
    def reach(self) -> Reach:
        """What may be another when an answer changes."""
        return Reach(self)

    def listed(self, item: ChoosingItem) -> tuple[ListedChoice, ...]:
        """The choices that an item names itself or by a list, without `other`.

        None of a list that is not there, which a check tells.
        """
        if item.choices_ref is not None:
            return self.choice_lists.get(item.choices_ref, ())
        return item.choices

    def offered_non_answers(self, item: SectionItem) -> tuple[NonAnswer, ...]:
        """The non-answers that an item offers: its own, else those of its scale, of a rating two.

        None of a scale that is not there, which a check tells.
        """
        if not isinstance(item, AskingItem):
            return ()
        if item.non_answers is not None:
            return item.non_answers
        if isinstance(item, LikertItem):
            scale = self.scales.get(item.scale)
            return scale.non_answers if scale is not None else ()
        return ("na", "dk") if isinstance(item, MaturityItem) else ()

    def sources(self, item: ChoosingItem) -> tuple[MultiItem | RepeatItem, ...]:
        """The items that the choices of an item are taken from, the nearest first.

        None twice, so that it ends where they come back to each other, which a check tells.
        """
        found: list[MultiItem | RepeatItem] = []
        passed = {item.id}
        source: ChoosingItem | RepeatItem = item
        while isinstance(source, ChoosingItem):
            further = self.items.get(source.choices_from or "")
            if not isinstance(further, MultiItem | RepeatItem) or further.id in passed:
                break
            passed.add(further.id)
            found.append(further)
            source = further
        return tuple(found)

    def origin(self, item: ChoosingItem) -> ChoosingItem | RepeatItem:
        """Where the choices of an item come from in the end: a repeat, or an item with a list.

        That may be itself, and its list the groups of the study.
        """
        return (item, *self.sources(item))[-1]

    def offers_groups(self, item: object) -> bool:
        """Whether the choices of an item are the groups of the study, or some that were ticked."""
        origin = self.origin(item) if isinstance(item, ChoosingItem) else None
        return isinstance(origin, ChoosingItem) and origin.choices_from == STUDY_GROUPS

    @cached_property
    def form_hash(self) -> str:
        """SHA-256 over the whole meaning of the file, texts included.

        What is left at its default does not count, so that a later release, whose language knows
        more keys, still recognises the responses of today.
        """
        return content_hash(self.model_dump(mode="json", exclude_defaults=True))


def items_of(section: Section) -> Iterator[tuple[Item, MatrixItem | None]]:
    """The items of a section in order of the file; a row with the matrix that it stands in."""
    for item in section.items:
        if isinstance(item, MatrixItem):
            yield from ((statement, item) for statement in item.statements)
        else:
            yield item, None
