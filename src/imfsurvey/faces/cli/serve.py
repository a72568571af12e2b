"""`imfsurvey serve`: browser pages for the respondents of a wave."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from imfsurvey.faces.cli.call import Call, Command, json_option, wave_argument
from imfsurvey.faces.cli.faults import WrongUseError
from imfsurvey.faces.cli.terminal import in_utf8, narrate, on_terminal, say, say_json
from imfsurvey.faces.crash import never_in_detail
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.i18n.errors import RefusedError

if TYPE_CHECKING:  # the web libraries take 300 ms, and are not everywhere
    from imfsurvey.faces.web import Listening, Survey
    from imfsurvey.questionnaire import Questionnaire
    from imfsurvey.study.wave import Wave

_PORT: Final = 8420
_QUIET: Final = 4
"""Modules of blank around a QR code, without which readers do not find it."""
_BLACK_ON_WHITE: Final = "\x1b[97;40m{}\x1b[0m"
"""A QR code's light modules are drawn: white on black, whatever the terminal's colours are."""

_FILE = click.Path(path_type=Path, dir_okay=False)


def command(t: Translator, summary: str) -> click.Command:
    """The command in the language of `t`."""
    details = t(
        "People answer in the browser of a computer or a phone; the pages need no script. Answers "
        "are in this program's memory until they are sent, then sealed and stored. Without "
        "options only this computer reaches the pages."
    )
    return Command(
        "serve",
        t,
        callback=_serve,
        help=f"{summary}\n\n{details}",
        params=[wave_argument(t), *_parameters(t), json_option(t)],
    )


def _parameters(t: Translator) -> list[click.Parameter]:
    return [
        click.Argument(
            ["questionnaire"],
            required=False,
            metavar=t("[QUESTIONNAIRE]"),
            help=t("Its short name, needed where a wave has several surveys."),
        ),
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
            default=_PORT,
            show_default=True,
            help=t("Port; 0 takes any that is free."),
        ),
        click.Option(
            ["--tls-cert", "certificate"],
            type=_FILE,
            metavar=t("FILE"),
            help=t("Certificate, PEM."),
        ),
        click.Option(["--tls-key", "key"], type=_FILE, metavar=t("FILE"), help=t("Its key, PEM.")),
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
            type=_FILE,
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
    name: str,
    questionnaire: str | None,
    address: str,
    port: int,
    certificate: Path | None,
    key: Path | None,
    proxy: str,
    socket: Path | None,
    *,
    readable: bool,
    as_json: bool,
) -> int:
    _require_sense(certificate, key, proxy, socket)
    never_in_detail()
    study = call.study()
    wave = study.wave(name)
    chosen = _chosen(wave, questionnaire)
    from imfsurvey.study.boxes import expect_another

    expect_another(wave, chosen)  # refused now rather than in front of everybody
    _require_libraries()
    from imfsurvey.faces.web import Survey, application, listening_at, serve

    tls = (certificate, key) if certificate is not None and key is not None else None
    listening = listening_at(address, port, tls=tls, proxy=proxy, file=socket, readable=readable)
    survey = Survey(study, wave, chosen, listening.announced)
    _announce(survey, listening, call.t, as_json=as_json)
    t = call.t

    def complain(where: str) -> None:
        narrate(t("Internal error ({where}). What was saved before it is kept.", where=where))

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

    serve(survey, listening, application(survey, complain), tell=tell, complain=complain)
    narrate(t("The pages are no longer offered."))
    return 0


def _require_sense(
    certificate: Path | None, key: Path | None, proxy: str, socket: Path | None
) -> None:
    if (certificate is None) != (key is None):
        raise WrongUseError(
            "IMF-F185", "A certificate needs its key: give both --tls-cert and --tls-key."
        )
    if proxy and certificate is not None:
        raise WrongUseError(
            "IMF-F185", "Behind a proxy it is the proxy that encrypts: leave --tls-cert out."
        )
    if socket is not None and not proxy:
        raise WrongUseError("IMF-F185", "--socket is for a proxy: give --behind-proxy as well.")


def _chosen(wave: Wave, name: str | None) -> Questionnaire:
    """The survey that is offered. Raises `RefusedError` for one that is not anonymous."""
    wave.require("open")
    if name is not None:
        chosen = wave.questionnaire(name)
        if not chosen.anonymous:
            raise RefusedError(
                "IMF-F186",
                "'{questionnaire}' is answered in one's own name, and browser pages are for "
                "anonymous surveys: use 'imfsurvey answer'.",
                questionnaire=chosen.id,
            )
        return chosen
    offered = [one for one in wave.questionnaires.values() if one.kind == "perception"]
    if len(offered) != 1:
        raise RefusedError(
            "IMF-F187",
            "Wave '{wave}' has {count} surveys: say which one to offer.",
            wave=wave.id,
            count=len(offered),
        )
    return offered[0]


def _require_libraries() -> None:
    try:
        import starlette
        import uvicorn
    except ImportError as fault:
        raise RefusedError(
            "IMF-F188",
            "Browser pages need further libraries. Install them: pip install 'imfsurvey[web]'",
        ) from fault
    del starlette, uvicorn


# --- what is said at the beginning -----------------------------------------------------------


def _announce(survey: Survey, listening: Listening, t: Translator, *, as_json: bool) -> None:
    """The address, and a picture of it for phones."""
    address = f"{listening.announced.origin}/"
    if as_json:
        say_json(_as_data(survey, listening, address))
        sys.stdout.flush()
        return
    title = survey.questionnaire.questionnaire.title.say(t.language)
    say(f"{title} ({survey.wave.id})")
    say(address)
    if listening.only_here:
        say(t("Only this computer reaches this address."))
    elif on_terminal() and in_utf8():
        for line in _qr_lines(address):
            click.echo(_BLACK_ON_WHITE.format(line))
    if listening.readable:
        narrate(
            t("Not encrypted: whoever is in the same network can read every answer that is sent.")
        )
    if survey.doorway.guarded:
        say(t("Nobody can begin without a ticket."))
    narrate(t("Ctrl+C ends it."))
    sys.stdout.flush()


def _as_data(survey: Survey, listening: Listening, address: str) -> dict[str, Any]:
    from imfsurvey.report.pdf.qr import qr

    return {
        "wave": survey.wave.id,
        "questionnaire": survey.questionnaire.id,
        "address": address,
        "only_this_computer": listening.only_here,
        "encrypted": listening.announced.secure,
        "tickets": survey.doorway.guarded,
        "qr_svg": qr(address),
    }


def _qr_lines(text: str) -> list[str]:
    """A QR code in half blocks."""
    import segno

    out = io.StringIO()
    code = segno.make(text, error="m", micro=False)
    code.terminal(out=out, border=_QUIET, compact=True)
    return out.getvalue().splitlines()
