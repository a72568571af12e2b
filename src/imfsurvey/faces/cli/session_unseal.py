"""`imfsurvey session --unseal`: key holders make the results that were lost with a console."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from imfsurvey.faces.cli.faults import problem_lines
from imfsurvey.faces.cli.terminal import confirm, narrate
from imfsurvey.faces.cli.unseal import secrets_for
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.study.folder import Study
from imfsurvey.study.phrases import grouped, spoken
from imfsurvey.study.sessions.lost import require_lost, unseal_lost
from imfsurvey.study.sessions.record import session_differences, session_record
from imfsurvey.study.sessions.session import Session
from imfsurvey.study.unsealing import require_accepted


class Unsealing(NamedTuple):
    """What the options of the command say about it."""

    key_files: Sequence[Path]
    despite_differences: bool
    yes: bool


def unsealing_from(given: Mapping[str, Any]) -> Unsealing:
    """The options that concern unsealing, among those of the command."""
    return Unsealing(*(given[name] for name in Unsealing._fields))


def unseal_session(study: Study, session: Session, how: Unsealing, t: Translator) -> None:
    """Compare the boxes with the closing record, ask, unseal, keep the figures.

    Raises what `lost.unseal_lost` raises, and `RefusedError` when nobody says yes.
    """
    require_lost(session)
    found = session_differences(session)
    for problem in found:
        for line in problem_lines(problem, t):
            narrate(line)
    require_accepted(found, how.despite_differences)
    for line in _record_lines(session, t):
        narrate(line)
    if not how.yes:
        confirm(t("Compare these words with the signed closing record."), t)
    secrets = secrets_for(study, session.wave, how.key_files, t)
    for one in unseal_lost(session, secrets, despite_differences=how.despite_differences):
        title = session.section(one.round_id).title.say(t.language)
        narrate(t("The result of '{round}' is there now.", round=title))
        if one.left_out:
            narrate(
                t.plural(
                    "{n} record was left out: it was not made for this box, or changed since.",
                    "{n} records were left out: they were not made for this box, or changed since.",
                    one.left_out,
                )
            )


def _record_lines(session: Session, t: Translator) -> Iterator[str]:
    """The closing record of the session in words."""
    record = session_record(session)
    for box in record.boxes if record is not None else ():
        round_id, number = box.box.rsplit(".", 1)
        title = session.section(round_id).title.say(t.language)
        yield t.plural(
            "{title}, {n} vote cast. Fingerprint:",
            "{title}, {n} votes cast. Fingerprint:",
            box.records,
            title=t("{title}, vote {number}", title=title, number=number),
        )
        yield f"    {spoken(box.digest)}"
        yield f"    {grouped(box.digest[:16])}"
