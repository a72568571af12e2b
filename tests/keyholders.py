"""Keys of a study for tests: two holders, their secrets known, no passphrase to wait for."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from imfsurvey.store.seal import Unsealer, public_key
from imfsurvey.study.boxes import response_store
from imfsurvey.study.folder import Study
from imfsurvey.study.keys import add_public_key, new_content, rehearse
from imfsurvey.study.life import close_wave
from imfsurvey.study.results import WaveResults
from imfsurvey.study.sealed import Box
from imfsurvey.study.unsealing import unseal_wave
from imfsurvey.study.wave import Wave

# Made once with `age-keygen`; they open nothing but tests.
SECRETS = {
    "officer": "AGE-SECRET-KEY-1SS24A3FXM8ZWZVE204TFWNDH3V5EGXHWLAKZ2Q8KJTL4FJGWHP8Q5CERAK",
    "dpo": "AGE-SECRET-KEY-1QE55ER349DUT5TLEVPRE3GSUH9RU4MPM2AYAYRRK27T2FCW9TGYS24CDFM",
}
MADE_ON = datetime.date(2026, 1, 15)


def give_keys(folder: Path) -> None:
    """Two keys that were tried out; their secret files lie beside, without a passphrase."""
    for key_id, secret in SECRETS.items():
        content = new_content(key_id.title(), "Office", "safe", public_key(secret), MADE_ON)
        key = add_public_key(folder, key_id, content)
        key.secret_path.write_text(f"{secret}\n", "ascii")
        rehearse(key, secret, "file", MADE_ON)


def close_and_unseal(study: Study, wave: Wave, day: datetime.date, **how: Any) -> WaveResults:
    """Close a wave and compute the figures of its surveys, if it has any."""
    results = close_wave(study, wave, day)
    if not results.figures.sealed:
        return results
    return unseal_wave(wave.like(), [SECRETS["officer"]], **how)


def records_in(box: Box) -> list[bytes]:
    """What a key holder finds in a box; every record must be one that belongs there."""
    seal = box.wave.seal
    unsealer = Unsealer([SECRETS["officer"]], seal.opening, seal.public_keys)
    with response_store(box) as store:
        found = [box.record_in(unsealer.unseal(payload)) for payload in store.payloads()]
    assert None not in found
    return [record for record in found if record is not None]
