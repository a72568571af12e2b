"""Documents on paper: sheets for key holders, closing records, tickets. Made by Typst.

`pdf` is the engine for all of them; every document has a function that takes plain figures and
texts, so that nothing here knows of keys, boxes or ticket lists.
"""

from imfsurvey.report.pdf.closing import (
    BoxLine,
    ClosingPage,
    SetHash,
    TicketCounts,
    closing_record_page,
)
from imfsurvey.report.pdf.engine import pdf
from imfsurvey.report.pdf.invitation import Invitations, invitation_letters
from imfsurvey.report.pdf.recovery import RecoverySheet, recovery_sheet
from imfsurvey.report.pdf.tickets import TicketCards, ticket_cards

__all__ = [
    "BoxLine",
    "ClosingPage",
    "Invitations",
    "RecoverySheet",
    "SetHash",
    "TicketCards",
    "TicketCounts",
    "closing_record_page",
    "invitation_letters",
    "pdf",
    "recovery_sheet",
    "ticket_cards",
]
