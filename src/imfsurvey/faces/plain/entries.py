"""The page of a list: its entries are added, opened, moved and taken out by number."""

from __future__ import annotations

import uuid

from imfsurvey.faces.plain.talk import Talk
from imfsurvey.i18n.describe import describe
from imfsurvey.i18n.errors import InputError
from imfsurvey.interview import Entry, Interview
from imfsurvey.interview.entries import entry_name
from imfsurvey.interview.within import add_entry, move_entry, remove_entry
from imfsurvey.questionnaire import RepeatItem


def numbered(interview: Interview, repeat: RepeatItem, number: str) -> Entry | None:
    """The entry of a number that was typed; None when there is none."""
    entries = {str(n): one for n, one in enumerate(_entries(interview, repeat), start=1)}
    return entries.get(number)


def _entries(interview: Interview, repeat: RepeatItem) -> tuple[Entry, ...]:
    return interview.answer_to(repeat.id).entries


def added(talk: Talk, interview: Interview, repeat: RepeatItem) -> str | None:
    """The id of a new entry; None when there is no room for one, which is said."""
    entry_id = uuid.uuid4().hex
    try:
        add_entry(interview, repeat, entry_id)
    except InputError as error:
        talk.say(describe(error, talk.t))
        return None
    return entry_id


def drop_if_empty(interview: Interview, repeat: RepeatItem, entry_id: str) -> None:
    """An entry in which nothing was said goes again."""
    entries = {entry.id: entry for entry in _entries(interview, repeat)}
    if entry_id in entries and not entries[entry_id].answers:
        remove_entry(interview, repeat, entry_id)


def changed(
    talk: Talk, interview: Interview, repeat: RepeatItem, command: str, number: str
) -> bool:
    """Take an entry out (x) or move it up (k) or down (j); whether that was done."""
    entry = numbered(interview, repeat, number)
    if entry is None:
        talk.say(talk.t("Type a number of the list behind the letter, such as x 1."))
        return False
    if command != "x":
        return move_entry(interview, repeat, entry.id, -1 if command == "k" else 1)
    t = talk.t
    talk.say(entry_name(repeat, entry, int(number), t))
    talk.say(t("What refers to it elsewhere will be open again."))
    if not talk.confirmed(t("Take this entry out?")):
        return False
    remove_entry(interview, repeat, entry.id)
    return True
