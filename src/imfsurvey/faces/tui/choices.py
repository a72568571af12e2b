"""The options of an item of which one is chosen."""

from __future__ import annotations

from imfsurvey.faces.tui.offered import Offered

CHOSEN, FREE = "(•)", "( )"


class Choices(Offered):
    """One of several: choosing another one takes the first back."""

    def glyph(self, index: int) -> str:
        """A filled circle for the chosen one."""
        return CHOSEN if index in self.chosen else FREE
