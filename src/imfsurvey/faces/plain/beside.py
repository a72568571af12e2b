"""What stands beside an answer: evidence, a comment, a reason, own words, criteria."""

from __future__ import annotations

from imfsurvey.faces.cautions import caution
from imfsurvey.faces.plain.commands import lone_letter, lone_letter_words, understood
from imfsurvey.faces.plain.talk import Talk
from imfsurvey.faces.said import criteria_words
from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.i18n.describe import describe
from imfsurvey.i18n.errors import InputError
from imfsurvey.interview import Interview
from imfsurvey.interview.answers import Side
from imfsurvey.questionnaire import Item, MaturityItem


def side_prompt(side: Side, t: Translator) -> str:
    """What is asked for in a side field."""
    prompts: dict[Side, str] = {
        "evidence": t("What shows it? Name documents, dates, figures."),
        "comment": t("A remark for yourself and for the report's makers."),
        "reason": t("Say why this is not applicable."),
        "other": t("Say in your own words what it is."),
    }
    return prompts[side]


def write_side(talk: Talk, interview: Interview, item: Item, side: Side, words: str) -> bool:
    """Ask for a side field after some words; whether it was written (or taken away)."""
    t, before = talk.t, interview.answer_to(item.id).said(side)
    titles: dict[Side, str] = {
        "evidence": t("Evidence"),
        "comment": t("Comment"),
        "reason": t("Reason"),
        "other": t("In your own words"),
    }
    talk.say(words)
    if warning := caution(interview.questionnaire, t):
        talk.say(warning)
    if before:
        talk.say(formats.labelled(t("Written so far"), before, t.language))
    lone = ""
    while True:
        typed = understood(talk.ask(titles[side], t("/? for help")), texts=True)
        if typed.command == "?":
            _help(talk, interview.side_limit(item, side))
        elif typed == ("", "") or typed.command == "b":
            return False
        elif typed.command not in ("", "x"):
            talk.say(t("This is no command here. Type /? for help."))
        elif before and lone_letter(typed.rest) and typed.rest != lone:
            lone = typed.rest
            talk.say(lone_letter_words(lone, t))
        elif _noted(talk, interview, item, side, "" if typed.command else typed.rest):
            return True


def _noted(talk: Talk, interview: Interview, item: Item, side: Side, text: str) -> bool:
    try:
        interview.note(item.id, side, text)
    except InputError as error:
        talk.say(describe(error, talk.t))
        return False
    return True


def _help(talk: Talk, limit: int) -> None:
    t = talk.t
    talk.say(t("One line of text. At most {limit} characters.", limit=limit))
    talk.say(t("back to the question; what was written before stays"), f"{t('Enter')}  ")
    talk.say(t("take away what was written"), "/x  ")


def tick_criteria(talk: Talk, interview: Interview, item: MaturityItem) -> bool:
    """Ask which criteria are met, lowest level first; whether anything has changed."""
    t = talk.t
    criteria = sorted(item.criteria, key=lambda one: one.level)
    numbers = {str(number): one for number, one in enumerate(criteria, start=1)}
    met = set(interview.answer_to(item.id).criteria)
    talk.say(criteria_words(item, interview.answer_to(item.id), t))
    for number, one in numbers.items():
        mark = f" ({t('ticked')})" if one.id in met else ""
        level = t("Level {level}", level=one.level)
        words = formats.labelled(level, f"{interview.say(one.text)}{mark}", t.language)
        talk.say(words, f"{number}  ")
    while True:
        typed = talk.ask(t("All that are met, such as 1 2"), f"1-{len(numbers)}", t("0 for none"))
        keys = typed.replace(",", " ").split()
        if not keys:
            return False
        if keys == ["0"] or all(key in numbers for key in keys):
            wanted = {numbers[key].id for key in keys if key in numbers}
            for criterion_id in sorted(wanted ^ met):
                interview.meet(item.id, criterion_id)
            return wanted != met
        talk.say(t("Type one or more of the numbers."))
