"""Key files that a passphrase opens at once: `age` lets one say how much work that is.

Those of the program take a second and a gigabyte on purpose, which 10,000 inputs have no time for.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Final

PHRASE: Final = "a phrase to try things with"
LOCKED: Final[Mapping[str, bytes]] = {
    name: base64.b85decode(text)
    for name, text in {
        "officer": (
            "VP|D6Wo~0~d2n=TZ*DGca%V4gF$yg{Aai4Kd2n<fIcsB2Q!qg>H#lrpR&P-+PE<)tQFkCT3REz3Y*a&M"
            "LuhGQZ%8z9azsc=csOHHSYc@}Y*TMgYi}<@LwaRINHlCX3N0-yAT(NNO>8zzX=8P5cvX5cH8*l|HfB{&"
            "D^FxaH)c6BRZnPWHZd!6LrrE;3LXaE;dGrb-S7k~AswTn!7+9Nn()(th7Q=B?9;{*oq?83p9Hq91ZSQ-"
            "WGDR%1lW7t7oLe27(k(UxDpNZh$!i-1Rqo@j6W$yqt)37qb7ogS!t4yRmHRfqYo3QB1N@?U7<1T_E^28"
        ),
        "dpo": (
            "VP|D6Wo~0~d2n=TZ*DGca%V4gF$yg{Aai4Kd2n<fYDiTwH#s>=OGZa|D^+DvM`~+sZD$}f3UOLSWHv-b"
            "W_fH>ad>J_bYW&RW;RB2F+)v9X-PCiXJ>FTR&7F5V>4BE3N0-yAZ%`BM{zYnPAh9edSO^pYDPsfX-I4^"
            "NKkNZWmZ@?G*)F-OlosTQD#n23ZQpZOb0=-CT>GTn^sUcb~;^5r+ZGI54E4-9OYmuG+)$140y*x0TmY*"
            "rC37DC`(}v@aPsw>!$7V@-_FWyhabRGZG?0D9&V34ayDhts?!-C7ihMHg*=eWDj;4<?GtvF%!=M$dP<P"
        ),
    }.items()
}
"""The secret keys of `tests/keyholders.py` under that passphrase, with a work of 2 to the 4th: made
by the format's description (age-encryption.org/v1), since no `age` program asks for so little."""


def is_cheap(data: bytes) -> bool:
    """Whether age would refuse or open a file at once: its work is 2 to the power of a number."""
    head = data.partition(b"\n--- ")[0].split()
    work = [head[at + 3] for at, word in enumerate(head[:-3]) if word == b"scrypt"]
    return not (work and work[0].isdigit() and 14 < int(work[0]) < 23)
