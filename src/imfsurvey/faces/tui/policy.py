"""The integrity policy: its sections and their state, writing at it, its approval."""

from __future__ import annotations

import datetime
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from imfsurvey.faces.action_words import balance_words
from imfsurvey.faces.named_sitting import PolicySitting
from imfsurvey.faces.policy_words import grade_word, missing_words, smart_words, state_words
from imfsurvey.faces.tui.chrome import Hint, Paragraph
from imfsurvey.faces.tui.dialogs import HelpDialog
from imfsurvey.faces.tui.opened import OpenedScreen
from imfsurvey.faces.tui.picking import CheckedDialog
from imfsurvey.faces.tui.policy_pages import PolicyInterviewScreen
from imfsurvey.faces.tui.rows import Rows
from imfsurvey.faces.tui.text import plain, shortened
from imfsurvey.faces.tui.writing import WrittenAbout
from imfsurvey.i18n import formats
from imfsurvey.i18n.errors import ImfsurveyError
from imfsurvey.interview import Interview
from imfsurvey.interview.dates import shown_date
from imfsurvey.study.actions.action import day_of
from imfsurvey.study.actions.plan import ActionPlan
from imfsurvey.study.folder import REPORTS, Study
from imfsurvey.study.planning import measured
from imfsurvey.study.policy.approval import LONGEST_NAME, approve, require_day, require_name
from imfsurvey.study.policy.standing import Standing, standing_of
from imfsurvey.study.policy.suggestions import Suggestions
from imfsurvey.study.policy.text import PolicyText

_DATE_LENGTH: Final = 20
_BESIDE: Final = 16
"""Columns of a row beside its title and the word behind it: margins, grade, share, blanks."""


class PolicyScreen(OpenedScreen):
    """The seven sections: how complete each is, what is missing; Enter writes at one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "more", show=False),
        Binding("s", "smart", show=False),
        Binding("a", "approve", show=False),
        Binding("w", "write", show=False),
    ]

    def __init__(self, study: Study) -> None:
        super().__init__()
        self._study = study
        self._text = PolicyText(study)
        self._today = datetime.date.today()
        self._interview: Interview | None = None
        self._standing: Standing | None = None

    def compose_body(self) -> ComposeResult:
        """State, sections, what is missing in the one under the cursor."""
        yield Paragraph(id="summary")
        yield Rows()
        yield Paragraph(id="text")

    def on_mount(self) -> None:
        """The cursor on the first section that is not complete."""
        super().on_mount()
        rows = self.query_one(Rows)
        states = self._standing.sections if self._standing else ()
        open_ones = [number for number, one in enumerate(states) if one.grade != "F"]
        rows.go_to(open_ones[0] if open_ones else 0)
        rows.focus()
        self._show_missing()

    # --- words ------------------------------------------------------------------------------

    def translate(self) -> None:
        """Everything anew, from what the file says now."""
        try:
            self._interview = self._text.interview(self.app.language, self._today)
            self._standing = standing_of(self._text, self._interview)
        except ImfsurveyError as error:
            self.complain(error)
        super().translate()
        if self._standing is not None:
            self.query_one("#summary", Paragraph).show(self._summary(self._standing))
            self.query_one(Rows).show(self._rows(self._standing))
            self._show_missing()

    def title_text(self) -> str:
        """The entity and what this is."""
        return f"{self._study.file.entity.name} – {self.t('Integrity policy')}"

    def hints(self) -> tuple[Hint, ...]:
        """Write, look at hints, approve, print."""
        t = self.t
        return (
            Hint("↑↓ Enter", t("Write"), "screen.edit"),
            Hint(t("Space"), t("More text"), "screen.more"),
            Hint("S", t("Hints (SMART)"), "screen.smart"),
            Hint("A", t("Approved"), "screen.approve"),
            Hint("W", t("Document"), "screen.write"),
            *self.back_hints(),
        )

    def help_text(self) -> str:
        """What the letters mean, and what an approval does."""
        t = self.t
        return "\n\n".join(
            (
                t(
                    "The policy is one text for the whole entity, whoever writes at it. It is "
                    "saved at every answer. F8 on a page takes over what the study knows: names, "
                    "period, weak topics, accepted actions. Nothing is taken over by itself."
                ),
                t(
                    "N, P, L, F say how much of a section is there: up to 15 %, up to 50 %, up "
                    "to 85 %, more. A list is complete when every entry is, and when each "
                    "objective has what it needs: an action, somebody to follow it, an evaluation."
                ),
                t(
                    "A says when and by whom the policy was approved. That is written into "
                    "study.yaml; without it the overall level stays low. The text of that day is "
                    "kept as a version."
                ),
            )
        )

    def _summary(self, found: Standing) -> str:
        t = self.t
        lines = [state_words(found, t)]
        if found.planned.balance is not None:
            lines.append(balance_words(found.planned, found.band, t))
        kept = t.plural("{n} version is kept.", "{n} versions are kept.", found.versions)
        hints = t.plural("{n} hint (S)", "{n} hints (S)", len(found.hints))
        lines.append(f"{kept} {hints}" if found.hints else kept)
        return "\n".join(lines)

    def _rows(self, found: Standing) -> list[tuple[str, Content]]:
        titles = {
            one.id: one.title.say(self.t.language) for one in self._text.questionnaire.sections
        }
        words = {one.section: grade_word(one.grade, self.t) for one in found.sections}
        width = max(self.app.size.width - _BESIDE - max(map(len, words.values()), default=0), 30)
        rows = []
        for one in found.sections:
            share = formats.percent(one.share.numerator / one.share.denominator, self.t.language)
            title = shortened(titles[one.section], width)
            row = Content.assemble(
                plain(f"{one.grade} ", "bold"),
                plain(f"{share:>6}  "),
                plain(title).pad_right(max(0, width - Content(title).cell_length)),
                plain(f"  {words[one.section]}", "$imf-muted"),
            )
            rows.append((one.section, row))
        return rows

    @on(Rows.Moved)
    def _show_missing(self) -> None:
        found, current = self._standing, self.query_one(Rows).current
        if found is None:  # it cannot be read, which is said below
            return
        missing = [
            missing_words(lack, self._text.questionnaire, self.t)
            for one in found.sections
            if one.section == current
            for lack in one.missing
        ]
        words = "\n".join(f"- {line}" for line in missing)
        self.query_one("#text", Paragraph).show(words or self.t("Nothing is missing here."))

    # --- what the keys do -------------------------------------------------------------------

    @on(Rows.Selected)
    def _selected(self, message: Rows.Selected) -> None:
        self._open(message.row_id)

    def action_edit(self) -> None:
        """Write at the section under the cursor."""
        self.query_one(Rows).action_select()

    def _open(self, section: str) -> None:
        self.say("")
        try:
            sitting = PolicySitting(self._text, self.app.language)
            waves = measured(self._study, self._today)
            actions = ActionPlan(self._study).actions
        except ImfsurveyError as error:
            self.complain(error)
            return
        interview = sitting.interview
        items = [page.item for page in interview.pages if page.section.id == section]
        unfinished = [one for one in items if one in interview.unfinished()]
        interview.go_to((unfinished or items)[0].id)

        def offered(language: str) -> Suggestions:
            return Suggestions(self._study, waves, actions, language)

        self.app.push_screen(PolicyInterviewScreen(sitting, offered), lambda _: self.translate())

    def action_smart(self) -> None:
        """Every hint on what is not SMART yet."""
        if self._standing is None:
            return
        asked, t = self._text.questionnaire, self.t
        lines = [f"- {smart_words(one, asked, t)}" for one in self._standing.hints]
        words = "\n".join(lines) or t("No hints: objectives and actions have figures and dates.")
        self.app.push_screen(HelpDialog(words, (), t("Hints (SMART)")))

    def action_approve(self) -> None:
        """Ask for the day, then for who."""
        t = self.t
        about = WrittenAbout(t("Approved on"), t("On which day was the policy approved?"))
        before = self._study.file.policy.approved_on or self._today

        def check(text: str) -> object:
            return require_day(day_of(text), self._today)

        dialog = CheckedDialog(about, shown_date(before.isoformat()), _DATE_LENGTH, check)
        self.app.push_screen(dialog, self._approved_by)

    def _approved_by(self, typed: str | None) -> None:
        if typed is None:
            return
        t = self.t
        about = WrittenAbout(t("Approved by"), t("Who approved it? Such as the police council."))
        before = self._study.file.policy.approved_by

        def written(name: str | None) -> None:
            if name is not None:
                self._approve(typed, name)

        self.app.push_screen(CheckedDialog(about, before, LONGEST_NAME, require_name), written)

    def _approve(self, typed: str, name: str) -> None:
        try:
            day = require_day(day_of(typed), self._today)
            approve(self._text, day, name, self._today)
        except ImfsurveyError as error:
            self.complain(error)
            return
        self.translate()
        self.say(self.t("Written into study.yaml; the text is kept as a version."))

    def action_write(self) -> None:
        """The document, in the languages of the entity."""
        from imfsurvey.report.policy import PolicyStanding, write_policy

        if self._interview is None:
            return
        try:
            written = write_policy(
                self._text.interview(self.app.language, self._today),
                PolicyStanding.of(self._text),
                self._study.folder / REPORTS,
                self._study.file.entity.languages,
                ("html", "pdf", "docx"),
                self._today,
            )
        except ImfsurveyError as error:
            self.complain(error)
            return
        names = ", ".join(path.name for path in written)
        self.say(self.t("Written into the folder reports: {names}", names=names))
