"""What can be typed on a page besides an answer, and what its help says of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from imfsurvey.faces.plain.pages import SLASH, shown_keys
from imfsurvey.faces.said import topic_help
from imfsurvey.faces.sitting import Sitting
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.interview import Interview
from imfsurvey.questionnaire import (
    DateItem,
    InfoItem,
    Item,
    MaturityItem,
    MultiItem,
    NumberItem,
    RankingItem,
    RepeatItem,
    TextItem,
)


class Typed(NamedTuple):
    """A line that was typed: a command with what follows it, or an answer."""

    command: str
    """A letter, `?`, or empty where the line is an answer (or empty itself)."""
    rest: str


def understood(line: str, *, texts: bool) -> Typed:
    """What a line is: where `texts` are written, commands begin with a slash.

    A text that itself begins with a slash is typed with two. `?` alone is no text.
    """
    if line in ("?", "/?"):
        return Typed("?", "")
    if line.startswith(SLASH * 2):
        return Typed("", line[1:])
    if texts and not line.startswith(SLASH):
        return Typed("", line)
    letter, _, rest = line.removeprefix(SLASH).partition(" ")
    if line.startswith(SLASH) or (len(letter) == 1 and letter.isalpha()):
        return Typed(letter.casefold() or SLASH, rest.strip())
    return Typed("", line)


def is_command(line: str) -> bool:
    """Whether a line of a text is a command all the same: a slash and one sign."""
    return len(line) == 2 and line.startswith(SLASH) and (line[1].isalpha() or line[1] == "?")


def lone_letter(text: str) -> bool:
    """Whether a text looks like a command whose slash was forgotten."""
    return len(text) == 1 and text.isalpha()


def lone_letter_words(text: str, t: Translator) -> str:
    """What is said of it where it would replace a text."""
    return t(
        "Commands begin with / here: {command}. Type the letter again to replace your text by it.",
        command=f"{SLASH}{text}",
    )


def prompt(interview: Interview, t: Translator) -> tuple[str, list[str]]:
    """What is asked for, and what can be typed for it."""
    item, help_key = interview.page.item, t("? for help")
    options = shown_keys(interview, t)
    if isinstance(item, InfoItem):
        read = t("Press Enter when you have read this")
        return read if item.acknowledge else t("Press Enter to go on"), [help_key]
    if isinstance(item, RepeatItem):
        return t("a to add one, Enter to go on"), [help_key]
    if isinstance(item, TextItem):
        words = t("Your text, an empty line ends it") if item.multiline else t("Your text")
        return words, [t("/? for help")]
    digits = [key for key, one in options if one.status == "answered"]
    keys = [*_range(digits), *(key for key, one in options if one.status != "answered")]
    if isinstance(item, MultiItem | RankingItem) and not digits:  # nothing to choose from yet
        return t("Your answer"), [*keys, help_key]
    if isinstance(item, MultiItem):
        together = [key for key, one in options if key in digits and not one.exclusive]
        example = " ".join(together[:2] or digits[:1])
        return t("Your answers, such as {example}", example=example), [*keys, help_key]
    if isinstance(item, RankingItem):
        example = " ".join([*digits[1:2], *digits[:1]])
        return t("Your order, such as {example}", example=example), [*keys, help_key]
    if isinstance(item, NumberItem):
        return t("Your number"), [*keys, help_key]
    return t("Your date") if isinstance(item, DateItem) else t("Your answer"), [*keys, help_key]


def _range(keys: Sequence[str]) -> list[str]:
    return [f"{keys[0]}-{keys[-1]}"] if len(keys) > 1 else list(keys)


# --- help -------------------------------------------------------------------------------------


def help_lines(
    interview: Interview, t: Translator, *, inside: bool, languages: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """The item's own longer help, then each thing that can be typed, with what stands before it."""
    page = interview.page
    item, slash = page.item, SLASH if isinstance(page.item, TextItem) else ""
    helped = page.matrix if page.matrix is not None else item
    if helped.help is not None:
        yield "", interview.say(helped.help)
    if isinstance(item, MaturityItem):
        yield from (("", part) for part in topic_help(item, interview, t))
    yield "", t("What you can type here:")
    yield from _of_answers(interview, t)
    for key, words in _commands(interview, t, inside=inside, languages=languages):
        yield f"{slash}{key}  ", words


def _of_answers(interview: Interview, t: Translator) -> Iterator[tuple[str, str]]:
    item = interview.page.item
    yield (
        f"{t('Enter')}  ",
        t("to the next question; what you have answered stays")
        if not isinstance(item, InfoItem)
        else t("to the next page"),
    )
    if isinstance(item, TextItem):
        yield "", t("A text, as it is. If it begins with /, type // instead.")
    if isinstance(item, TextItem) and item.multiline:
        yield "", t("Each Enter begins a new line. A full stop alone makes an empty line.")
    for key, option in shown_keys(interview, t):
        yield f"{key}  ", option.label


def _commands(
    interview: Interview, t: Translator, *, inside: bool, languages: Sequence[str]
) -> Iterator[tuple[str, str]]:
    item = interview.page.item
    if isinstance(item, RepeatItem):
        yield from _of_lists(t)
    if inside and interview.at_start:
        yield "b", t("back to the list")
    elif not interview.at_start:
        yield "b", t("back one page")
    if not isinstance(item, InfoItem):
        yield "s", t("leave this for later")
    if not isinstance(item, InfoItem | RepeatItem):
        yield "x", t("take the answer back")
    if isinstance(item, MaturityItem) and item.criteria:
        yield "k", t("tick the criteria")
    if interview.side_limit(item, "evidence"):
        yield "e", t("write the evidence")
    if interview.side_limit(item, "comment"):
        yield "c", t("write a comment")
    yield "o", t("overview of all questions")
    yield "f", t("to the end, to finish or send")
    if len(languages) > 1:
        yield "l", t("another language")
    yield "q", t("leave")


def aside_help(sitting: Sitting, item: Item, t: Translator) -> Iterator[tuple[str, str]]:
    """The command that puts answers aside, where it exists."""
    if sitting.aside is not None:
        slash = SLASH if isinstance(item, TextItem) else ""
        yield f"{slash}p  ", t("put your answers aside and go on later with the same ticket")


def _of_lists(t: Translator) -> Iterator[tuple[str, str]]:
    yield "a", t("add one")
    yield "1", t("open the first one, and so on")
    yield "x 1", t("take the first one out")
    yield "k 2", t("move the second one up")
    yield "j 1", t("move the first one down")
