"""`imfsurvey session`: team sessions made, listed, led and ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from imfsurvey.faces.cli.call import Call, Command
from imfsurvey.faces.cli.faults import WrongUseError, problem_lines
from imfsurvey.faces.cli.options import (
    json_option,
    require_apart,
    require_beside,
    wave_argument,
    yes_option,
)
from imfsurvey.faces.cli.session_phones import phones_from, phones_options
from imfsurvey.faces.cli.session_unseal import unseal_session, unsealing_from
from imfsurvey.faces.cli.terminal import narrate, require_screens, say, say_json, screens_possible
from imfsurvey.faces.cli.unseal import despite_differences_option, key_files_option
from imfsurvey.faces.session_words import round_words, vote_lines
from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.study.sessions.box import VoteBox, part_of
from imfsurvey.study.sessions.file import RoundFile
from imfsurvey.study.sessions.record import session_differences
from imfsurvey.study.sessions.room import MOST_EXPECTED
from imfsurvey.study.sessions.session import Session, new_session, session_of, sessions_of
from imfsurvey.study.wave import Wave


def command(t: Translator, summary: str) -> click.Command:
    """The command in the language of `t`."""
    details = t(
        "Without a name, the sessions of the wave are listed. With one, the facilitator's console "
        "opens; it alone can show what was voted, and only while it runs. Without a terminal, or "
        "with --show, the rounds and what was shown of them are printed."
    )
    return Command(
        "session",
        t,
        callback=_session,
        help=f"{summary}\n\n{details}",
        params=[
            wave_argument(t),
            click.Argument(
                ["session"],
                required=False,
                metavar=t("[NAME]"),
                help=t("The session; without it, all are listed."),
            ),
            click.Option(["--new"], is_flag=True, help=t("Make the session.")),
            click.Option(
                ["--expected"],
                type=click.IntRange(1, MOST_EXPECTED),
                metavar=t("NUMBER"),
                help=t("How many people take part."),
            ),
            click.Option(["--title"], metavar=t("TEXT"), help=t("What the session is called.")),
            click.Option(["--place"], metavar=t("TEXT"), help=t("Where it is held.")),
            click.Option(["--facilitator"], metavar=t("NAME"), help=t("Who leads it.")),
            click.Option(
                ["--questionnaire"],
                metavar=t("ID"),
                help=t("What is voted on (default: the wave's questionnaire for sessions)."),
            ),
            click.Option(["--show"], is_flag=True, help=t("Print it, without the console.")),
            click.Option(
                ["--unseal"],
                is_flag=True,
                help=t(
                    "As a key holder, make the results of rounds whose key was lost with the "
                    "console."
                ),
            ),
            key_files_option(t),
            despite_differences_option(t),
            yes_option(t),
            *phones_options(t),
            json_option(t),
        ],
    )


@click.pass_obj
def _session(
    call: Call,
    /,
    name: str,
    session: str | None,
    *,
    new: bool,
    show: bool,
    unseal: bool,
    as_json: bool,
    **given: Any,
) -> int:
    where = phones_from(given)
    _require_sense(session, given, {"--new": new, "--show": show, "--unseal": unseal})
    study = call.study()
    wave = study.wave(name)
    if session is None:
        return _list(wave, call.t, as_json)
    if new:
        return _make(wave, session, given, call.t)
    found = session_of(wave, session)
    if unseal:
        unseal_session(study, found, unsealing_from(given), call.t)
        found.refresh()
    if as_json:
        say_json(_plain(found))
        return 0
    if show or unseal or found.file.status == "closed" or not screens_possible():
        return _print(found, call.t)
    wave.require("open")
    require_screens()
    from imfsurvey.faces.tui import run_session

    return run_session(study, found, call.t.language, where)


def _require_sense(
    session: str | None, given: Mapping[str, Any], asked: Mapping[str, bool]
) -> None:
    """Raise `WrongUseError` for what would do nothing: F493, F494; F193 without a name."""
    if session is None and (asked["--new"] or asked["--unseal"]):
        raise WrongUseError("IMF-F193", "Name the session.")
    require_apart(
        "--new", asked["--new"], {"--show": asked["--show"], "--unseal": asked["--unseal"]}
    )
    making = ("expected", "title", "place", "facilitator", "questionnaire")
    require_beside("--new", asked["--new"], {f"--{name}": given[name] for name in making})
    unsealing = {
        "--key-file": given["key_files"],
        "--despite-differences": given["despite_differences"],
        "--yes": given["yes"],
    }
    require_beside("--unseal", asked["--unseal"], unsealing)


def _make(wave: Wave, name: str, made: Mapping[str, Any], t: Translator) -> int:
    expected = made["expected"]
    if expected is None:
        raise WrongUseError("IMF-F194", "Say how many people take part: --expected 12")
    given = {key: made[key] for key in ("title", "place", "facilitator") if made[key]}
    new_session(wave, name, expected=expected, questionnaire=made["questionnaire"], **given)
    narrate(
        t(
            "Session {session} is made. Next: 'imfsurvey session {wave} {session}' for who leads, "
            "'imfsurvey kiosk {wave} --session {session}' for who votes.",
            session=name,
            wave=wave.id,
        )
    )
    return 0


def _list(wave: Wave, t: Translator, as_json: bool) -> int:
    found = sessions_of(wave)
    if as_json:
        say_json([_plain(one) for one in found])
        return 0
    if not found:
        narrate(
            t(
                "Wave {wave} has no session yet: 'imfsurvey session {wave} NAME --new --expected "
                "12'.",
                wave=wave.id,
            )
        )
    for one in found:
        say(session_heading(one, t))
    return 0


def session_heading(session: Session, t: Translator) -> str:
    """A session on one line: its title, people, rounds and state."""
    file = session.file
    done = sum(one.state == "closed" for one in file.rounds)
    rounds = t("{done} of {total} rounds", done=done, total=len(file.rounds))
    closed = file.closed_on
    state = t("closed on {date}", date=formats.date(closed, t.language)) if closed else t("open")
    people = t.plural("{n} person expected", "{n} people expected", file.expected)
    return f"{session.name}: {file.title} · {people} · {rounds} · {state}"


def _print(session: Session, t: Translator) -> int:
    """The agenda with everything that was shown; then what differs from the closing record."""
    say(session_heading(session, t))
    k = session.questionnaire.privacy.k_total
    for one in session.file.rounds:
        section = session.section(one.id)
        asked = part_of(session.questionnaire, [section])
        say()
        words = round_words(one, _voted(session, one), session.file.expected, t)
        say(formats.labelled(section.title.say(t.language), words, t.language))
        for vote in one.votes:
            if len(one.votes) > 1:
                say(f"  {t('vote no. {number}', number=vote.number)}")
            if vote.status == "closed":
                for line in vote_lines(vote, asked, k, t):
                    say(f"  {line}")
        for label, text in (
            (t("Conclusion"), one.conclusion),
            (t("Proposed actions"), one.actions),
        ):
            if text:
                say(f"  {formats.labelled(label, text, t.language)}")
    found = session_differences(session) if session.file.status == "closed" else []
    for problem in found:
        for line in problem_lines(problem, t):
            narrate(line)
    return 3 if found else 0


def _voted(session: Session, one: RoundFile) -> int:
    if not one.votes:
        return 0
    last = one.votes[-1]
    return VoteBox(session, one.id, last.number).count() if last.votes is None else last.votes


def _plain(session: Session) -> Mapping[str, Any]:
    return {"name": session.name, **session.file.model_dump(mode="json", exclude_none=True)}
