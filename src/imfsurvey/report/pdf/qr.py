"""QR codes as SVG, for a template to place."""

from __future__ import annotations

import io


def qr(text: str, *, border: int = 4) -> str:
    """The code of a text as SVG. A template that takes a smaller `border` leaves that much blank.

    Readers need four modules of quiet around it. 15 % of it may be damaged, more where that
    costs no room.
    """
    import segno

    file = io.BytesIO()
    segno.make(text, error="m", micro=False).save(file, kind="svg", border=border, xmldecl=False)
    return file.getvalue().decode("ascii")
