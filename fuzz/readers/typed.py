"""Key files, keys typed from a recovery sheet, codes of tickets, codes typed from paper."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from changing import ODD_TEXTS, Drawn, changed_bytes
from conversation import FRAMEWORK, GROUPS
from hypothesis import strategies as st
from keyholders import SECRETS
from lockedkeys import LOCKED, PHRASE, is_cheap
from mutations import SAMPLES, changed
from reading import Input

from imfsurvey.interview.sheet import Sheet
from imfsurvey.questionnaire import load_questionnaire
from imfsurvey.store.seal import needs_passphrase, public_key, secret_in
from imfsurvey.study.keying.typing import Typing
from imfsurvey.study.tickets import TicketBook

_SURVEY = load_questionnaire(SAMPLES / "anonymous.yaml", FRAMEWORK)
"""Only surveys are typed in; no survey may ask for the day."""
_text = Drawn(st.text(max_size=30))


class KeyFiles:
    """Files and typed lines that should hold a secret key."""

    seconds = 20

    def __init__(self, folder: Path) -> None:
        self._plain = f"# created: today\n{SECRETS['dpo']}\n".encode()
        self._locked = LOCKED["dpo"]

    def make(self, rng: random.Random) -> Input:
        """A file, or a key as somebody types it."""
        kind = rng.randrange(4)
        if kind == 0:
            return Input(changed(rng, SECRETS["dpo"]), "typed")
        if kind == 1:
            return Input(changed_bytes(rng, self._locked, (self._plain,)), "file")
        return Input(changed_bytes(rng, self._plain, (self._locked,)), "file")

    def read(self, given: Input) -> Sequence[str]:
        """The key, if there is one."""
        if given.name == "typed":
            public_key(given.data.decode("utf-8", "replace"))
            return []
        if needs_passphrase(given.data) and not is_cheap(given.data):
            return ["not tried: dear"]
        secret_in(given.data, PHRASE)
        return []


class Codes:
    """What is typed: codes of tickets, codes from paper."""

    seconds = 10

    def __init__(self, folder: Path) -> None:
        self._book = TicketBook(folder / "tickets.json", cost=16)
        self._codes = self._book.issue(20)
        typing = Typing(Sheet(_SURVEY, FRAMEWORK, "fr", GROUPS), GROUPS)
        self._places = [(typing, place) for place in typing.places()]

    def make(self, rng: random.Random) -> Input:
        """A line."""
        kind = rng.randrange(5)
        text = (
            rng.choice(self._codes),
            rng.choice(ODD_TEXTS)[:2000],
            _text(rng),
            "".join(rng.choice("0123456789AB,; -./+") for _ in range(rng.randrange(12))),
            rng.choice(("31/02/2026", "2026", "1e400", "-0", "1,5", "07/2026", "99999999999")),
        )[kind]
        if rng.random() < 0.5:
            text = changed(rng, text.encode("utf-8", "replace").decode()).decode("utf-8", "replace")
        where = str(rng.randrange(len(self._places))) if rng.random() < 0.7 else "ticket"
        return Input(text.encode("utf-8", "surrogatepass"), where)

    def read(self, given: Input) -> Sequence[str]:
        """Look it up."""
        text = given.data.decode("utf-8", "surrogatepass")
        if given.name == "ticket":
            self._book.check(text)
        else:
            typing, place = self._places[int(given.name)]
            typing.put(place, text)
        return []
