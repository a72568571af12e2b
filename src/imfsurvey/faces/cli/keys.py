"""`imfsurvey keys`: who can open what the staff answered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from imfsurvey.faces.cli.call import Call, Command, CommandGroup
from imfsurvey.faces.cli.faults import WrongUseError
from imfsurvey.faces.cli.options import json_option, require_apart
from imfsurvey.faces.cli.passphrases import (
    ask_new_passphrase,
    secret_from_sheet,
    secret_of,
)
from imfsurvey.faces.cli.terminal import ask, narrate, on_terminal, say, say_json, say_sentence
from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.store.disk import explained, replace_file
from imfsurvey.store.seal import needs_passphrase, new_key, secret_in
from imfsurvey.study import keys as keyring
from imfsurvey.study.folder import Study
from imfsurvey.study.keys import Key, keys_of

OFFICER = "officer"
"""Id of the integrity officer's own key."""

_FOLDER = click.Path(path_type=Path, file_okay=False)
_FILE = click.Path(path_type=Path, dir_okay=False)


def command(t: Translator, summary: str) -> click.Command:
    """The group of commands in the language of `t`."""
    details = t(
        "What the staff answer is sealed before it is stored: the computer that collects it "
        "cannot read it. A key opens it. Make one for yourself, and let a second office make "
        "another on its own computer, in case that yours is lost."
    )
    group = CommandGroup("keys", t, help=f"{summary}\n\n{details}")
    for build in (_new_command, _add_command, _status_command, _rehearse_command, _restore_command):
        group.add_command(build(t))
    return group


# --- new ------------------------------------------------------------------------------------


def _new_command(t: Translator) -> click.Command:
    details = t(
        "The secret key is protected by a passphrase. A recovery sheet is written as PDF: print "
        "it, put it into a sealed envelope in a safe, and delete the file."
    )
    return Command(
        "new",
        t,
        callback=_new,
        help=f"{t('Make a key.')}\n\n{details}",
        params=[
            _key_argument(t),
            click.Option(["--holder"], metavar=t("NAME"), help=t("Who knows the passphrase.")),
            click.Option(
                ["--office"], metavar=t("NAME"), default="", help=t("Their function or service.")
            ),
            click.Option(
                ["--sheet"],
                metavar=t("PLACE"),
                default="",
                help=t("Where the recovery sheet will lie, such as 'safe of the secretariat'."),
            ),
            click.Option(
                ["--into"],
                type=_FOLDER,
                metavar=t("DIR"),
                help=t(
                    "Make it outside a study, in this folder: for the second office, which then "
                    "hands over the .yaml file alone."
                ),
            ),
        ],
    )


@click.pass_obj
def _new(
    call: Call, key_id: str, holder: str | None, office: str, sheet: str, into: Path | None
) -> None:
    t = call.t
    study = None if into else call.study()
    folder = study.folder / keyring.KEYS if study else (into or Path()).resolve()
    keyring.require_free(folder, key_id)
    known = study.file.officer.name if study and key_id == OFFICER else None
    holder = (holder or "").strip() or _asked_holder(known, t)
    phrase = ask_new_passphrase(t)
    secret, public = new_key()
    content = keyring.new_content(holder, office, sheet, public, call.today)
    key = keyring.make_key(folder, key_id, content, secret, phrase)
    # Read back from the disk, by the passphrase as it was typed: a rehearsal in earnest.
    found = secret_in(key.secret_path.read_bytes(), phrase)
    keyring.rehearse(key, found, "file", call.today)
    page = _write_sheet(key, secret, study, t)
    narrate(t("The key is made and opens what is sealed to it."))
    narrate(t("Public, for the study: {file}", file=key.path))
    narrate(t("Secret, protected by the passphrase: {file}", file=key.secret_path))
    narrate(t("Recovery sheet: {file}", file=page))
    narrate(
        t(
            "Next: print the recovery sheet, seal it in an envelope, delete the file; move the "
            "secret file to a stick of your own."
        )
    )


def _asked_holder(known: str | None, t: Translator) -> str:
    """Who knows the passphrase: asked, with the officer's name where it is theirs.

    Raises `WrongUseError` where nobody says it: respondents are told who can unseal.
    """
    if on_terminal():
        known = str(ask(t("Who knows the passphrase"), t, default=known)).strip()
    if not known:
        raise WrongUseError("IMF-F132", "Say whose key it is: --holder NAME.")
    return known


def _write_sheet(key: Key, secret: str, study: Study | None, t: Translator) -> Path:
    """Print the recovery sheet beside the key; who makes the key takes it away."""
    from imfsurvey.report.pdf import RecoverySheet, recovery_sheet

    sheet = RecoverySheet(
        entity=study.file.entity.name if study else key.file.office,
        holder=key.file.holder,
        role=key.file.office,
        public_key=key.file.public_key,
        secret_key=secret,
        made_on=key.file.made_on,
        key=key.id,
    )
    with explained(key.sheet_path):
        replace_file(key.sheet_path, recovery_sheet(sheet, t))
    return key.sheet_path


# --- add, status ----------------------------------------------------------------------------


def _add_command(t: Translator) -> click.Command:
    return Command(
        "add",
        t,
        callback=_add,
        help=t("Take a public key into the study that another office made on its computer."),
        params=[
            click.Argument(
                ["source"],
                type=_FILE,
                metavar=t("FILE"),
                help=t("The .yaml file that 'keys new --into' wrote there."),
            )
        ],
    )


@click.pass_obj
def _add(call: Call, source: Path) -> None:
    key = keyring.add_key(call.study().folder, source)
    narrate(call.t("{holder} can now be a key holder of this study.", holder=key.file.holder))


def _status_command(t: Translator) -> click.Command:
    return Command(
        "status",
        t,
        callback=_status,
        help=t("Say who can open what is sealed, and what should be done about it."),
        params=[json_option(t)],
    )


@click.pass_obj
def _status(call: Call, as_json: bool) -> None:
    t = call.t
    keys = keys_of(call.study().folder)
    if as_json:
        say_json([_plain(key) for key in keys])
        return
    for key in keys:
        say(t("{name}: {value}", name=key.id, value=_named(key)))
        for line in _standing(key, call):
            say_sentence(f"  {line}", "    ")
    for line in _advice(keys, t):
        narrate(line)


def _named(key: Key) -> str:
    return f"{key.file.holder} ({key.file.office})" if key.file.office else key.file.holder


def _standing(key: Key, call: Call) -> list[str]:
    t, tried = call.t, key.rehearsed_on
    made = t("made on {date}", date=formats.date(key.file.made_on, t.language))
    if tried is None:
        rehearsed = t("never tried out: 'imfsurvey keys rehearse {key}'", key=key.id)
    else:
        rehearsed = t("last tried out on {date}", date=formats.date(tried, t.language))
        if call.today - tried > keyring.STALE:
            rehearsed += ". " + t("That is more than a year ago: try it out again.")
    sheet = (
        t("recovery sheet: {place}", place=key.file.sheet)
        if key.file.sheet
        else t("where the recovery sheet lies was not noted")
    )
    return [made, rehearsed, _secret(key, t), sheet]


def _secret(key: Key, t: Translator) -> str:
    """Whether the secret key lies in the study, and who could use it there."""
    if not key.secret_path.is_file():
        return t("the secret key is not in this folder")
    with explained(key.secret_path):
        content = key.secret_path.read_bytes()
    if needs_passphrase(content):
        return t("the secret key lies in this study folder, protected by its passphrase")
    return t(
        "the secret key lies in this study folder without a passphrase: whoever has the folder "
        "can open the answers"
    )


def _advice(keys: tuple[Key, ...], t: Translator) -> list[str]:
    if not keys:
        return [t("No key yet. Next: 'imfsurvey keys new officer'.")]
    if len(keys) == 1:
        return [
            t(
                "Only one key: if it is lost, so are the answers. Let a second office run "
                "'imfsurvey keys new' as well."
            )
        ]
    return []


def _plain(key: Key) -> dict[str, Any]:
    tried = key.rehearsed_on
    return {
        "id": key.id,
        "holder": key.file.holder,
        "office": key.file.office,
        "public_key": key.file.public_key,
        "made_on": key.file.made_on.isoformat(),
        "sheet": key.file.sheet,
        "rehearsed_on": tried.isoformat() if tried else None,
        "secret_here": key.secret_path.is_file(),
    }


# --- rehearse, restore ----------------------------------------------------------------------


def _rehearse_command(t: Translator) -> click.Command:
    details = t(
        "A test record is sealed and opened again. No wave with anonymous answers opens before "
        "each of its keys has passed; once a year is a good habit."
    )
    return Command(
        "rehearse",
        t,
        callback=_rehearse,
        help=f"{t('Try out a key.')}\n\n{details}",
        params=[
            _key_argument(t),
            _key_file_option(t),
            click.Option(
                ["--from-sheet"],
                is_flag=True,
                help=t("Type the secret key from the recovery sheet instead."),
            ),
        ],
    )


@click.pass_obj
def _rehearse(call: Call, key_id: str, key_file: Path | None, from_sheet: bool) -> None:
    t = call.t
    require_apart("--from-sheet", from_sheet, {"--key-file": key_file})
    (key,) = keyring.chosen_keys(call.study().folder, [key_id])
    secret = secret_from_sheet(t) if from_sheet else secret_of(key, key_file, t)
    keyring.rehearse(key, secret, "sheet" if from_sheet else "file", call.today)
    narrate(t("It works: {holder} can open what is sealed to this key.", holder=key.file.holder))


def _restore_command(t: Translator) -> click.Command:
    return Command(
        "restore",
        t,
        callback=_restore,
        help=t("Set a new passphrase, from the recovery sheet or by the old passphrase."),
        params=[
            _key_argument(t),
            _key_file_option(t),
            click.Option(
                ["--by-passphrase"], is_flag=True, help=t("Use the old passphrase, not the sheet.")
            ),
        ],
    )


@click.pass_obj
def _restore(call: Call, key_id: str, key_file: Path | None, by_passphrase: bool) -> None:
    t = call.t
    (key,) = keyring.chosen_keys(call.study().folder, [key_id])
    secret = secret_of(key, key_file, t) if by_passphrase else secret_from_sheet(t)
    keyring.require_same(key, secret)
    phrase = ask_new_passphrase(t)
    target = key_file or key.secret_path
    keyring.change_passphrase(key, secret, phrase, target)
    keyring.rehearse(key, secret_in(target.read_bytes(), phrase), "file", call.today)
    narrate(t("The new passphrase opens the key: {file}", file=target))


def _key_argument(t: Translator) -> click.Argument:
    return click.Argument(
        ["key_id"], metavar=t("KEY"), help=t("Short name of the key, such as 'officer' or 'dpo'.")
    )


def _key_file_option(t: Translator) -> click.Option:
    return click.Option(
        ["--key-file"],
        type=_FILE,
        metavar=t("FILE"),
        help=t("Where the secret key lies (default: beside the public one, in the study)."),
    )
