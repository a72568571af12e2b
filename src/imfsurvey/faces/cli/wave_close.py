"""`imfsurvey wave close`: collection ends, the closing record is written."""

from __future__ import annotations

from collections.abc import Iterator

import click

from imfsurvey.faces.cli.call import Call, Command
from imfsurvey.faces.cli.options import wave_argument, yes_option
from imfsurvey.faces.cli.remarks import remark_lines
from imfsurvey.faces.cli.session import session_heading
from imfsurvey.faces.cli.terminal import confirm, narrate
from imfsurvey.faces.cli.tickets import few_used, ticket_lines
from imfsurvey.faces.cli.unseal import closing_lines
from imfsurvey.faces.cli.wave_show import responses_words, title_of
from imfsurvey.faces.words import rater_word
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.i18n.errors import RefusedError
from imfsurvey.study import life
from imfsurvey.study.boxes import ticket_book
from imfsurvey.study.closing import closing_record
from imfsurvey.study.fitness import too_little
from imfsurvey.study.folder import REPORTS, Study
from imfsurvey.study.keying.batch import require_typed
from imfsurvey.study.results import WaveFigures
from imfsurvey.study.scoring import self_assessments, surveys
from imfsurvey.study.sessions.box import VoteBox
from imfsurvey.study.sessions.ending import open_sessions, require_ended
from imfsurvey.study.sessions.session import Session
from imfsurvey.study.wave import Wave


def close_command(t: Translator) -> click.Command:
    """The command in the language of `t`."""
    details = t(
        "This is final: nothing can be answered afterwards, and the figures stay as they are. "
        "What is unfinished and how many responded is said first."
    )
    return Command(
        "close",
        t,
        callback=_close,
        help=f"{t('Stop collecting and compute the figures of a wave.')}\n\n{details}",
        params=[
            wave_argument(t),
            click.Option(
                ["--place"],
                metavar=t("NAME"),
                default="",
                help=t(
                    "What to call this computer in the closing record, when several collect, "
                    "such as 'laptop B'."
                ),
            ),
            click.Option(
                ["--seal-assessment"],
                is_flag=True,
                help=t(
                    "Seal the named self-assessments to the key holders too, with their evidence "
                    "and comments; the figures stay readable."
                ),
            ),
            click.Option(
                ["--incomplete"],
                is_flag=True,
                help=t(
                    "Close although too few core topics are rated for a zero, annual or final "
                    "measurement."
                ),
            ),
            click.Option(
                ["--end-sessions"],
                is_flag=True,
                help=t(
                    "End team sessions that are still open too, without a result for their open "
                    "rounds."
                ),
            ),
            click.Option(
                ["--drop-sheets"],
                is_flag=True,
                help=t("Lose the sheets of paper that were typed in and are not stored yet."),
            ),
            yes_option(t),
        ],
    )


@click.pass_obj
def _close(
    call: Call,
    name: str,
    place: str,
    seal_assessment: bool,
    incomplete: bool,
    end_sessions: bool,
    drop_sheets: bool,
    yes: bool,
) -> None:
    t = call.t
    study = call.study()
    wave = study.wave(name)
    wave.require("open")
    found = life.results(study, wave, call.today)
    for line in (*_standing(wave, found.figures, t), *remark_lines(found.remarks, t)):
        narrate(line)
    if not end_sessions:
        require_ended(wave)
    if yes and not incomplete:
        _require_enough(wave, found.figures)
    if not drop_sheets:
        require_typed(wave)
    if not yes:
        question = t("Closing wave {wave} is final: nothing can be answered after it.", wave=name)
        confirm(question, t)
    life.close_wave(
        study,
        wave,
        call.today,
        place=place,
        sealing_named=seal_assessment,
        ending_sessions=end_sessions,
        dropping_sheets=drop_sheets,
    )
    _tell_closed(study, study.wave(name), t)


def _require_enough(wave: Wave, figures: WaveFigures) -> None:
    """Raise `RefusedError` where a wave would close unasked that cannot serve as a measurement."""
    if too_little(figures, wave.framework):
        raise RefusedError(
            "IMF-F430",
            "Wave '{wave}' was not closed: too few core topics are rated for a measurement. Rate "
            "more of them, or add --incomplete.",
            wave=wave.id,
        )


def _tell_closed(study: Study, closed: Wave, t: Translator) -> None:
    """What the boxes held, the record to be signed, and what comes next."""
    for line in closing_lines(closed, t):
        narrate(line)
    record = closing_record(closed)
    if record is None:
        narrate(t("Wave {wave} is closed. Next: 'imfsurvey results {wave}'.", wave=closed.id))
        return
    from imfsurvey.report.closing import write_closing_page  # Typst behind it takes time

    page = write_closing_page(study, closed, record, study.folder / REPORTS, t)
    narrate(t("Closing record, to be printed and signed: {file}", file=page))
    narrate(
        t(
            "Wave {wave} is closed. Next: a key holder runs 'imfsurvey wave unseal {wave}'.",
            wave=closed.id,
        )
    )


def _standing(wave: Wave, figures: WaveFigures, t: Translator) -> Iterator[str]:
    """What is unfinished, and how many responded."""
    if self_assessments(wave) and not figures.raters:
        yield t("Nobody has started the self-assessment.")
    for one in figures.unfinished:
        yield t.plural(
            "{rater}: {n} item of '{questionnaire}' is still open.",
            "{rater}: {n} items of '{questionnaire}' are still open.",
            one.open_items,
            rater=rater_word(one.rater, t),
            questionnaire=title_of(wave.questionnaires[one.questionnaire], t),
        )
    for survey in surveys(wave):
        title = title_of(survey, t)
        yield t("{name}: {value}", name=title, value=responses_words(wave, survey, t))
    book = ticket_book(wave)
    if book.exists():
        counts = book.counts()
        still_few = few_used(wave, counts)
        yield from ticket_lines(counts, t, still_few=still_few)
        if counts.unused > 0 or still_few:
            yield t(
                "Tear up the cards that are left first, and count them: 'imfsurvey tickets {wave} "
                "--torn-up NUMBER'.",
                wave=wave.id,
            )
    for session in open_sessions(wave):
        yield from _session_standing(session, t)


def _session_standing(session: Session, t: Translator) -> Iterator[str]:
    """That a session is still open, and what is lost when it ends like this."""
    yield t("Team session still open: {session}", session=session_heading(session, t))
    for round_id, vote in session.file.open_votes:
        count = VoteBox(session, round_id, vote.number).count()
        yield t.plural(
            "    Round '{round}' is open, {n} has voted: it would get no result.",
            "    Round '{round}' is open, {n} have voted: it would get no result.",
            count,
            round=session.section(round_id).title.say(t.language),
        )
