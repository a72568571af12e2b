"""Starting plain mode, and its ends: finished, left, broken off."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable

from imfsurvey.faces.aside import Aside
from imfsurvey.faces.aside_words import aside_promise, resumed_words
from imfsurvey.faces.named_sitting import NamedSitting, PolicySitting
from imfsurvey.faces.plain.leaving import LeftError, farewell
from imfsurvey.faces.plain.lines import BrokenOffError, Lines, NoMoreInputError
from imfsurvey.faces.plain.talk import Talk
from imfsurvey.faces.plain.ticket import asked_ticket
from imfsurvey.faces.plain.walk import Walk
from imfsurvey.faces.sitting import Sitting
from imfsurvey.faces.turns import SurveyTurns, Turns
from imfsurvey.i18n.describe import describe
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.study.kinds import Rater
from imfsurvey.study.policy.text import PolicyText
from imfsurvey.study.wave import Wave

DONE, ENDED, BROKEN_OFF = 0, 3, 130


def run_plain(wave: Wave, questionnaire: Questionnaire | None, rater: Rater, language: str) -> int:
    """Answer one questionnaire of a wave in lines; without one, it is picked first.

    The exit code: 3 when the input ended before the response was finished, 130 after Ctrl+C.
    """

    def begun(talk: Talk) -> Sitting | None:
        chosen = questionnaire or _picked(wave, talk)
        return None if chosen is None else _sitting(wave, chosen, rater, talk)

    return _run(begun, language)


def run_plain_policy(text: PolicyText, language: str) -> int:
    """Write at the policy of a study in lines; the exit code as above."""

    def begun(talk: Talk) -> Sitting:
        sitting = PolicySitting(text, talk.language)
        talk.say(sitting.interview.say(text.questionnaire.questionnaire.title))
        talk.say(_saved_at_once(talk))
        return sitting

    return _run(begun, language)


def run_plain_turn(turns: Turns, language: str) -> int:
    """One person's turn in lines, in a survey or a team session; the exit code as above."""
    return _run(lambda talk: _anonymous(turns, talk), language)


def _run(begun: Callable[[Talk], Sitting | None], language: str) -> int:
    """Hold one conversation, from whoever `begun` says it is with."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        # What is no character of this encoding must neither end the program nor be stored.
        sys.stdin.reconfigure(errors="replace")
    closed = io.StringIO()  # what a process without any input has in its place
    talk = Talk(Lines(sys.stdin or closed, sys.stdout), language)
    try:
        sitting = begun(talk)
        if sitting is None:
            return DONE
    except NoMoreInputError:
        return ENDED
    except BrokenOffError:
        return BROKEN_OFF
    return hold(sitting, talk)


def hold(sitting: Sitting, talk: Talk) -> int:
    """Hold the conversation of one response to its end; the exit code."""
    try:
        Walk(sitting, talk).run()
    except (LeftError, NoMoreInputError, BrokenOffError) as end:
        farewell(sitting, talk)
        codes = {NoMoreInputError: ENDED, BrokenOffError: BROKEN_OFF}
        return codes.get(type(end), DONE)
    if isinstance(sitting, PolicySitting):
        talk.say()
        talk.say(talk.t("Finished, and kept as a version. The text can be changed at any time."))
    elif sitting.resumable:
        _finished(talk)
    else:
        _hand_over(talk)
    return DONE


def _picked(wave: Wave, talk: Talk) -> Questionnaire | None:
    """One of the questionnaires of the wave, the only one without asking; None when the person
    would rather leave. What is voted on in a team session cannot be answered alone."""
    t, every = talk.t, tuple(wave.questionnaires.values())
    offered = [one for one in every if one.kind != "session"] or every
    if len(offered) == 1:
        return offered[0]
    numbers = {str(n): one for n, one in enumerate(offered, start=1)}
    for number, one in numbers.items():
        talk.say(one.questionnaire.title.say(talk.language), f"{number}  ")
    while True:
        typed = talk.ask(t("Number of a questionnaire"), f"1-{len(numbers)}", t("q to leave"))
        if typed in numbers:
            return numbers[typed]
        if typed.casefold() in ("q", "/q"):
            return None
        talk.say(t("Type one of the numbers."))


def _sitting(wave: Wave, questionnaire: Questionnaire, rater: Rater, talk: Talk) -> Sitting | None:
    """Who answers, told what becomes of the answers; None for somebody without a ticket.

    Raises when the wave takes no answers.
    """
    if questionnaire.anonymous:
        return _anonymous(SurveyTurns(wave, questionnaire), talk)
    sitting = NamedSitting(wave, questionnaire, rater, talk.language)
    sitting.keep()
    talk.say(sitting.interview.say(questionnaire.questionnaire.title))
    talk.say(_saved_at_once(talk))
    return sitting


def _saved_at_once(talk: Talk) -> str:
    return talk.t("Every answer is saved at once. You can leave at any moment and go on later.")


def _anonymous(turns: Turns, talk: Talk) -> Sitting | None:
    turn = turns.begin()
    if len(turns.languages) > 1:
        talk.pick_language(turns.languages)
    ticket = asked_ticket(turn, talk) if turn.needs_ticket else None
    if ticket is None and turn.needs_ticket:
        return None
    sitting = turn.sit(talk.language, ticket)
    talk.say(sitting.interview.say(turns.title))
    _promise(talk)
    if sitting.aside is not None:
        _of_putting_aside(sitting.aside, talk)
    return sitting


def _promise(talk: Talk) -> None:
    """What is stored and when; and what this way of answering leaves behind, unlike the screens."""
    t = talk.t
    talk.say()
    talk.say(
        t(
            "Nothing is stored before you send your answers at the end; then only the "
            "answers are stored: no name, no time, no order, no language."
        )
    )
    talk.say(
        t(
            "But this window keeps what it shows and what you type: somebody could scroll back "
            "to it. Close the window when you have finished."
        )
    )


def _of_putting_aside(aside: Aside, talk: Talk) -> None:
    """That it is possible, and what became of what was put aside before."""
    t = talk.t
    talk.say(aside_promise(t))
    talk.say(t("put your answers aside and go on later with the same ticket"), "p  ")
    if aside.fault is not None:
        talk.say(describe(aside.fault, t))
    elif aside.draft is not None:
        talk.say(resumed_words(t))


def _finished(talk: Talk) -> None:
    t = talk.t
    talk.say()
    talk.say(t("Finished. You can change your answers as long as the wave is open."))


def _hand_over(talk: Talk) -> None:
    """The same words for everybody, with the answers out of sight; not out of the window."""
    t = talk.t
    talk.say(t("Your answers are stored."))
    for _ in range(talk.lines.rows):
        talk.say()
    talk.say(
        t("Close this window now: it still keeps what you typed. Then hand over the computer.")
    )
