"""The walk through one entry of a repeat, and what can be done with the entries as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from imfsurvey.i18n.catalogue import translator
from imfsurvey.i18n.errors import InputError
from imfsurvey.interview.answers import Answer, Entry
from imfsurvey.interview.entries import entry_name
from imfsurvey.interview.offers import Offers
from imfsurvey.interview.situation import NOT_SHOWN, Situation
from imfsurvey.interview.walk import Interview
from imfsurvey.questionnaire import Item, Questionnaire, RepeatItem, Section


@dataclass(frozen=True)
class InsideEntry(Situation):
    """The moment as the fields of one entry see it.

    What the walk asks for is about the fields; what conditions name is about the whole, and about
    the entry where they say so (`repeat.field`).
    """

    def shown(self, item_id: str) -> bool:
        """Whether a field is shown."""
        return self.answer(item_id) is not NOT_SHOWN

    def answer(self, item_id: str) -> Answer:
        """What counts as said to a field."""
        repeat = self.questionnaire.items[self.repeat or ""]
        if not isinstance(repeat, RepeatItem):
            raise TypeError("an entry of what is no repeat")
        return self.field_answer(repeat, Entry("", self.entry), item_id)


class EntryInterview(Interview):
    """An entry is answered like a small questionnaire; what is said goes into its repeat at once.

    Raises `InputError` when there is no such entry (any more).
    """

    def __init__(self, whole: Interview, repeat: RepeatItem, entry_id: str) -> None:
        self.whole = whole
        self.repeat = repeat
        self.entry_id = entry_id
        place = _place(whole, repeat, entry_id)
        super().__init__(
            _small(whole.questionnaire, repeat),
            whole.framework,
            whole.language,
            groups=whole.groups,
            answers=whole.answer_to(repeat.id).entries[place].answers,
            today=whole.today,
        )
        self._orders = whole._orders  # drawn once, however often an entry is opened

    def _order_of(self, item: Item) -> str:
        """One for all entries: they are compared with each other."""
        return f"{self.repeat.id}.{item.id}"

    @property
    def name(self) -> str:
        """What the entry is called by, as it stands, in the language of the walk."""
        entries = self.whole.answer_to(self.repeat.id).entries
        place = _place(self.whole, self.repeat, self.entry_id)
        return entry_name(self.repeat, entries[place], place + 1, translator(self.language))

    def field(self, repeat: str, name: str) -> tuple[Item, Answer] | None:
        """A field of this entry with its answer."""
        item = self.questionnaire.items.get(name) if repeat == self.repeat.id else None
        return None if item is None else (item, self.situation.answer(name))

    def _seen(self) -> Situation:
        return InsideEntry(
            self.whole.questionnaire,
            self.whole.answers,
            self.today,
            self.offers.still,
            self.repeat.id,
            self._answers,
        )

    def _offers(self) -> Offers:
        """Choices may come from other items of the whole."""
        return Offers(
            self.whole.questionnaire, self.groups, lambda: self.situation, lambda: self.language
        )

    def _say(self, item_id: str, answer: Answer) -> None:
        super()._say(item_id, answer)
        entries = list(self.whole.answer_to(self.repeat.id).entries)
        place = _place(self.whole, self.repeat, self.entry_id)
        entries[place] = Entry(self.entry_id, self.answers)
        self.whole.record(self.repeat.id, "answered", tuple(entries))
        self._changed()


def add_entry(interview: Interview, repeat: RepeatItem, entry_id: str) -> None:
    """A new entry at the end, nothing said in it yet. Its id must be new for ever.

    Raises `InputError` when there is no room for one more.
    """
    entries = interview.answer_to(repeat.id).entries
    interview.record(repeat.id, "answered", (*entries, Entry(entry_id)))


def remove_entry(interview: Interview, repeat: RepeatItem, entry_id: str) -> None:
    """Take an entry out; what had chosen it is open again. Raises `InputError` for no such one."""
    entries = list(interview.answer_to(repeat.id).entries)
    del entries[_place(interview, repeat, entry_id)]
    if entries:
        interview.record(repeat.id, "answered", tuple(entries))
    else:
        interview.clear(repeat.id)


def move_entry(interview: Interview, repeat: RepeatItem, entry_id: str, step: int) -> bool:
    """Move an entry by one place (-1 up, 1 down); False where it cannot go any further.

    Raises `InputError` for no such entry.
    """
    entries = list(interview.answer_to(repeat.id).entries)
    place = _place(interview, repeat, entry_id)
    if not 0 <= place + step < len(entries):
        return False
    entries.insert(place + step, entries.pop(place))
    interview.record(repeat.id, "answered", tuple(entries))
    return True


def _place(interview: Interview, repeat: RepeatItem, entry_id: str) -> int:
    ids = [entry.id for entry in interview.answer_to(repeat.id).entries]
    if entry_id not in ids:
        raise InputError("IMF-I106", "This entry is not there any more.")
    return ids.index(entry_id)


def _small(questionnaire: Questionnaire, repeat: RepeatItem) -> Questionnaire:
    """The questionnaire as if it asked nothing but one entry of a repeat."""
    section = Section.model_construct(id=repeat.id, title=repeat.text, items=repeat.items)
    return Questionnaire.model_construct(
        imfsurvey=questionnaire.imfsurvey,
        questionnaire=questionnaire.questionnaire,
        privacy=questionnaire.privacy,
        choice_lists=questionnaire.choice_lists,
        sections=(section,),
    )
