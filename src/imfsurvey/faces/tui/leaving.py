"""Leaving before the end: what is kept, what is forgotten, what is put aside for later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imfsurvey.faces.aside_words import aside_words, kept_words, leaving_words
from imfsurvey.faces.sitting import Sitting
from imfsurvey.faces.tui.beside import BesidePages
from imfsurvey.faces.tui.chrome import Hint
from imfsurvey.i18n.errors import ImfsurveyError

if TYPE_CHECKING:
    from imfsurvey.faces.aside import Aside


class LeavingPages(BesidePages):
    """The ways out of a questionnaire that is not finished."""

    sitting: Sitting

    def keep_place(self) -> None:
        """Remember the page that is open."""
        raise NotImplementedError

    def aside_hints(self) -> tuple[Hint, ...]:
        """The key that puts answers aside, where that is possible."""
        if self.sitting.aside is None:
            return ()
        return (Hint("F6", self.t("Put aside"), "screen.put_aside"),)

    def action_leave(self) -> None:
        """Leave: a named draft is kept, an anonymous response is dropped after a question."""
        if not self.settled():
            return
        if self.sitting.resumable:
            self.keep_place()
            self.dismiss(None)
            return
        from imfsurvey.faces.tui.dialogs import Question  # no first question waits for it

        def answered(leave: bool | None) -> None:
            if leave:
                self._forget()

        self.app.push_screen(
            Question(
                self.t("Leave without sending?"),
                leaving_words(self.sitting.aside, self.t),
                self.t("Leave"),
                self.t("Stay"),
            ),
            answered,
        )

    def _forget(self) -> None:
        """Leave nothing behind, neither what was put aside before."""
        try:
            if self.sitting.aside is not None:
                self.sitting.aside.forget()
        except ImfsurveyError as error:
            self.complain(error)
            return
        self.dismiss(None)

    def action_put_aside(self) -> None:
        """Put the answers aside and leave, where that is possible; asks first."""
        if self.sitting.aside is None or not self.settled():
            return
        from imfsurvey.faces.tui.dialogs import Question

        def answered(put: bool | None) -> None:
            if put and self.sitting.aside is not None:
                self._put(self.sitting.aside)

        title = self.t("Put aside and go on later?")
        words = aside_words(self.t)
        self.app.push_screen(Question(title, words, self.t("Put aside"), self.t("Stay")), answered)

    def _put(self, aside: Aside) -> None:
        try:
            aside.put(self.interview)
        except ImfsurveyError as error:
            self.complain(error)
            return

        from imfsurvey.faces.tui.dialogs import Notice

        done = Notice(self.t("Your answers are put aside"), kept_words(self.t))
        self.app.push_screen(done, lambda _: self.dismiss(None))
