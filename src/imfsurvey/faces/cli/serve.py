"""`imfsurvey serve`: browser pages for the respondents of a wave."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from imfsurvey.faces.cli.announce import announce
from imfsurvey.faces.cli.call import Call, Command
from imfsurvey.faces.cli.faults import WrongUseError
from imfsurvey.faces.cli.options import (
    json_option,
    questionnaire_argument,
    require_one_form,
    session_option,
    tls_options,
    tls_pair,
    wave_argument,
)
from imfsurvey.faces.cli.terminal import narrate
from imfsurvey.faces.crash import never_in_detail
from imfsurvey.faces.phones import PORT
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.i18n.errors import RefusedError

if TYPE_CHECKING:  # the web libraries take 300 ms, and are not everywhere
    from collections.abc import Callable

    from starlette.types import ASGIApp

    from imfsurvey.faces.web import Listening, Pages
    from imfsurvey.study.folder import Study
    from imfsurvey.study.wave import Wave

    Complain = Callable[[str], None]
    Offer = Callable[[Listening, Complain], tuple[Pages, ASGIApp]]
    """Makes the pages, once it is known at which address they are found."""


def command(t: Translator, summary: str) -> click.Command:
    """The command in the language of `t`."""
    details = t(
        "People answer in the browser of a computer or a phone; the pages need no script. Answers "
        "are in this program's memory until they are sent, then sealed and stored. Without "
        "options only this computer reaches the pages. With --session people vote in the rounds "
        "that the facilitator's console opens."
    )
    return Command(
        "serve",
        t,
        callback=_serve,
        help=f"{summary}\n\n{details}",
        params=[wave_argument(t), *_parameters(t), *_listening(t), json_option(t)],
    )


def _parameters(t: Translator) -> list[click.Parameter]:
    return [
        questionnaire_argument(t, t("Short name of a survey; without it, the only one.")),
        session_option(t),
        click.Option(
            ["--ends-with-input"],
            is_flag=True,
            help=t("End when standard input ends: for a program that has started this one."),
        ),
    ]


def _listening(t: Translator) -> list[click.Parameter]:
    return [
        click.Option(
            ["--address"],
            default="127.0.0.1",
            show_default=True,
            metavar=t("ADDRESS"),
            help=t("Name or numbers of this computer, as people type it."),
        ),
        click.Option(
            ["--port"],
            type=click.IntRange(0, 65535),
            metavar=t("NUMBER"),
            default=PORT,
            show_default=True,
            help=t("Port; 0 takes any that is free."),
        ),
        *tls_options(t),
        click.Option(
            ["--behind-proxy", "proxy"],
            default="",
            metavar="URL",
            help=t(
                "What people type, such as https://survey.example, when a proxy on this computer "
                "encrypts and passes requests on."
            ),
        ),
        click.Option(
            ["--socket"],
            type=click.Path(path_type=Path, dir_okay=False),
            metavar=t("FILE"),
            help=t("With --behind-proxy: a socket file for the proxy, instead of a port."),
        ),
        click.Option(
            ["--let-network-read-answers", "readable"],
            is_flag=True,
            help=t(
                "Offer the pages to others without encryption. Whoever is in the same network can "
                "then read every answer, and who gives it."
            ),
        ),
    ]


@click.pass_obj
def _serve(
    call: Call,
    /,
    name: str,
    questionnaire: str | None,
    session: str | None,
    *,
    ends_with_input: bool,
    as_json: bool,
    **listened: Any,
) -> int:
    never_in_detail()
    _require_sense(**listened)
    require_one_form(session, questionnaire)
    study = call.study()
    wave = study.wave(name)
    offer = _offer_of(study, wave, questionnaire, session)
    _require_libraries()
    from imfsurvey.faces.web import serve

    t, tell, complain = call.t, _telling(call.t), _complaining(call.t)
    listening = _opened(**listened)
    pages, app = offer(listening, complain)
    announce(pages, listening, t, session, as_json=as_json)
    serve(pages, listening, app, tell=tell, complain=complain, ends_with_input=ends_with_input)
    narrate(t("The pages are no longer offered."))
    return 0


def _complaining(t: Translator) -> Complain:
    """Says that the program made a mistake, and where: never a value."""

    def complain(where: str) -> None:
        narrate(t("Internal error ({where}). What was saved before it is kept.", where=where))

    return complain


def _telling(t: Translator) -> Callable[[int], None]:
    """Says how many are still answering when somebody ends the program."""

    def tell(under_way: int) -> None:
        narrate(
            t.plural(
                "{n} person is still answering. Nobody else can begin; the program ends when they "
                "have finished. Ctrl+C once more ends it at once: what was not sent is lost.",
                "{n} people are still answering. Nobody else can begin; the program ends when they "
                "have finished. Ctrl+C once more ends it at once: what was not sent is lost.",
                under_way,
            )
        )

    return tell


def _offer_of(study: Study, wave: Wave, questionnaire: str | None, session: str | None) -> Offer:
    """What is offered. What keeps anybody from answering is refused now rather than in front of
    everybody. Raises `RefusedError`, `InputError`, `StorageError`."""
    if session is not None:
        return _session_offer(study, wave, session)
    from imfsurvey.faces.cli.one_survey import survey_of
    from imfsurvey.study.boxes import expect_another

    wave.require("open")
    chosen = survey_of(wave, questionnaire)

    expect_another(wave, chosen)

    def offer(listening: Listening, complain: Complain) -> tuple[Pages, ASGIApp]:
        from imfsurvey.faces.web import Survey, application

        survey = Survey(study, wave, chosen, listening.announced)
        return survey, application(survey, complain)

    return offer


def _session_offer(study: Study, wave: Wave, name: str) -> Offer:
    from imfsurvey.study.sessions.session import session_of
    from imfsurvey.study.sessions.tickets import session_book

    wave.require("open")
    found = session_of(wave, name)
    found.require_open()
    if session_book(found).exists():
        session_book(found).require_settled()

    def offer(listening: Listening, complain: Complain) -> tuple[Pages, ASGIApp]:
        from imfsurvey.faces.web import SessionPages, session_application

        pages = SessionPages(study, found, listening.announced)
        return pages, session_application(pages, complain)

    return offer


def _opened(
    address: str,
    port: int,
    certificate: Path | None,
    key: Path | None,
    proxy: str,
    socket: Path | None,
    *,
    readable: bool,
) -> Listening:
    from imfsurvey.faces.web import listening_at

    tls = tls_pair(certificate, key)
    return listening_at(address, port, tls=tls, proxy=proxy, file=socket, readable=readable)


def _require_sense(
    certificate: Path | None, key: Path | None, proxy: str, socket: Path | None, **_: object
) -> None:
    if tls_pair(certificate, key) is not None and proxy:
        raise WrongUseError(
            "IMF-F185", "Behind a proxy it is the proxy that encrypts: leave --tls-cert out."
        )
    if socket is not None and not proxy:
        raise WrongUseError("IMF-F185", "--socket is for a proxy: give --behind-proxy as well.")


def _require_libraries() -> None:
    try:
        import starlette
        import uvicorn
    except ImportError as fault:
        raise RefusedError(
            "IMF-F188",
            "Browser pages need further libraries. Install them: pip install 'imfsurvey[web]', "
            "in a clone python3 dev.py extras",
        ) from fault
    del starlette, uvicorn
