"""What stands beside an answer: evidence, a comment, a reason, words of one's own, criteria."""

from __future__ import annotations

from imfsurvey.faces.cautions import caution
from imfsurvey.faces.tui.drawing import DrawnPages
from imfsurvey.interview.answers import Side
from imfsurvey.questionnaire import MaturityItem


class BesidePages(DrawnPages):
    """The windows in which that is written and ticked."""

    def forward(self) -> None:
        """On to the next page."""
        raise NotImplementedError

    def action_side(self, side: Side) -> None:
        """Write evidence, a comment, or what "other" stands for."""
        if not self.interview.side_limit(self.interview.page.item, side):
            return
        prompts: dict[Side, str] = {
            "evidence": self.t("What shows it? Name documents, dates, figures."),
            "comment": self._about_comments(),
            "reason": self.t("Say why this is not applicable."),
            "other": self.t("Say in your own words what it is."),
        }
        self.write(side, prompts[side], and_go_on=False)

    def _about_comments(self) -> str:
        if self.interview.questionnaire.anonymous:
            return self.t("A remark on this question, if you wish.")
        return self.t("A remark for yourself and for the report's makers.")

    def write(self, side: Side, text: str, *, and_go_on: bool) -> None:
        """Open the window for one of them; `and_go_on`: then to the next page, if all is said."""
        from imfsurvey.faces.tui.writing import WritingDialog, WrittenAbout  # when it is wanted

        item, t = self.interview.page.item, self.t
        titles: dict[Side, str] = {
            "evidence": t("Evidence"),
            "comment": t("Comment"),
            "reason": t("Reason"),
            "other": t("In your own words"),
        }

        def written(new: str | None) -> None:
            if new is None:
                return
            self.interview.note(item.id, side, new)
            self.after_answer()
            if and_go_on and not self.interview.objections(item):
                self.forward()

        before = self.interview.answer_to(item.id).said(side)
        limit = self.interview.side_limit(item, side)
        words = WrittenAbout(titles[side], text, caution(self.interview.questionnaire, t))
        self.app.push_screen(WritingDialog(words, before, limit), written)

    def action_criteria(self) -> None:
        """Tick what is there."""
        item = self.interview.page.item
        if isinstance(item, MaturityItem) and item.criteria:
            from imfsurvey.faces.tui.criteria import CriteriaDialog  # staff surveys have none

            self.app.push_screen(CriteriaDialog(self.interview, item, self.after_answer))
