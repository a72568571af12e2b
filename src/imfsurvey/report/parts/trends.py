"""What the staff said at earlier measurements beside what they say now, theme by theme.

Only figures that both waves released are laid side by side: a difference never tells more than
the two figures do.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from imfsurvey.analysis.change import SIGNIFICANT, WORTH
from imfsurvey.analysis.figures import PerceptionFigures
from imfsurvey.i18n import formats
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.report.document import Block, Bullets, Heading, Paragraph, Table
from imfsurvey.report.statistics import chance_only, p_value, signed_bounds, verdict_word
from imfsurvey.report.view import MARK, Past, View
from imfsurvey.report.words import NO_FIGURE
from imfsurvey.study.trends import IndexChange, StatementTrend, statement_trends, theme_trends


def since(view: View, figures: PerceptionFigures, questionnaire: Questionnaire) -> Iterator[Block]:
    """The themes of a survey at the earlier measurements that asked it, and now."""
    trends = [
        _Trend(view, past, then, figures, questionnaire)
        for past in view.earlier
        for then in past.results.figures.perception
        if then.questionnaire == questionnaire.id
    ]
    for trend in trends:
        if len(trends) > 1:
            yield Heading(trend.title)
        yield from trend.blocks()
    if any(trend.rows for trend in trends):
        yield Paragraph(
            view.t(
                "Those who answered need not be the same people. It is called higher or lower only "
                "where chance hardly explains it (p under {p} after Holm) and the index moved by "
                "{points} points or more, a convention of this project. Differences are taken "
                "before rounding.",
                p=formats.number(SIGNIFICANT, view.words.language, 2),
                points=formats.number(WORTH, view.words.language),
            ),
            "note",
        )
        yield Paragraph(chance_only(view.t), "note")


class _Trend:
    """One survey in two waves."""

    def __init__(
        self,
        view: View,
        past: Past,
        then: PerceptionFigures,
        now: PerceptionFigures,
        questionnaire: Questionnaire,
    ) -> None:
        self.view, self.past, self.questionnaire = view, past, questionnaire
        self._trends = theme_trends(then, now, past.comparison)
        self._statements = statement_trends(then, now, past.comparison, questionnaire)
        self._then = {one.theme: one.favourable for one in then.themes}
        self._now = {one.theme: one.favourable for one in now.themes}
        found = past.comparison.themes
        self._alike = {
            theme: found[questionnaire.id, theme]
            for theme in self._now
            if theme in self._then and (questionnaire.id, theme) in found
        }

    @property
    def title(self) -> str:
        """Since which measurement."""
        t = self.view.t
        return (
            t("Since the zero measurement")
            if self.past.is_zero
            else t("Since the previous measurement")
        )

    @cached_property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """What may be compared, theme by theme."""
        return tuple(self._rows())

    def blocks(self) -> Iterator[Block]:
        """The table, what is left out of it, and the statements in other words."""
        if self.rows:
            t, past = self.view.t, self.past
            columns = (
                *(t("Theme"), past.heading, t("Now"), t("Change in points")),
                *(t("Change of the index"), t("95% interval"), t("p (Holm)"), t("Reading")),
                t("Note"),
            )
            caption = t("Favourable answers by theme: {wave} and now", wave=past.within)
            yield Table(caption, columns, self.rows, words=(7, 8)).without_empty()
        yield from self._left_out()
        yield from self._by_statement()
        reworded = dict.fromkeys(
            (
                *(item for theme in self._shown for _, item in self._alike[theme].items),
                *(one.item for one in self._statements if self._reworded(one.item)),
            )
        )
        stems = [self._stem(item) for item in reworded]
        if stems:
            said = self.view.t(
                "{mark} Asked in other words or under other conditions since:", mark=MARK
            )
            yield Paragraph(said, "note")
            yield Bullets(tuple(stems))

    @property
    def _shown(self) -> tuple[str, ...]:
        """The themes of the same statements that have a figure in both waves."""
        return tuple(one.theme for one in self._trends)

    def _rows(self) -> Iterator[tuple[str, ...]]:
        words = self.view.words
        labels = {theme.id: words.text(theme.label) for theme in self.questionnaire.themes}
        for one in self._trends:
            reworded = self._alike[one.theme].likeness == "reworded"
            note = self.view.t("asked otherwise {mark}", mark=MARK) if reworded else ""
            then, now = one.favourable
            change = words.change(100 * now, 100 * then)
            shares = (words.share(then), words.share(now), change)
            yield labels[one.theme], *shares, *self._tested(one.tested), note

    def _tested(self, tested: IndexChange | None) -> tuple[str, ...]:
        """Change of the index, its interval, p and what to read in it."""
        t = self.view.t
        if tested is None:
            return NO_FIGURE, NO_FIGURE, NO_FIGURE, verdict_word(None, t)
        return (
            formats.signed(tested.difference.points, t.language),
            signed_bounds(tested.difference.interval, t),
            p_value(tested.adjusted, t),
            verdict_word(tested, t),
        )

    def _by_statement(self) -> Iterator[Block]:
        t, past = self.view.t, self.past
        rows = tuple(self._statement(one) for one in self._statements)
        if rows:
            columns = (
                *(t("Statement"), past.heading, t("Now"), t("Change in points")),
                *(t("95% interval"), t("Change of the index"), t("95% interval of the index")),
                *(t("p (Holm)"), t("Reading"), t("p of ranks (check)")),
            )
            caption = t("Favourable answers by statement: {wave} and now", wave=past.within)
            yield Table(caption, columns, rows, words=(8,), folded=True).without_empty()

    def _statement(self, one: StatementTrend) -> tuple[str, ...]:
        t, words, (then, now) = self.view.t, self.view.words, one.favourable
        low, high = one.share_interval
        stem_now = self._stem(one.item)
        return (
            f"{stem_now} {MARK}" if self._reworded(one.item) else stem_now,
            *(words.share(then), words.share(now), words.change(100 * now, 100 * then)),
            signed_bounds((100 * low, 100 * high), t),
            *self._tested(one.tested),
            NO_FIGURE if one.ranks is None else p_value(one.ranks, t),
        )

    def _reworded(self, item: str) -> bool:
        alike = self.past.comparison.statements[self.questionnaire.id, item]
        return alike.likeness == "reworded"

    def _left_out(self) -> Iterator[Block]:
        t, alike = self.view.t, self._alike
        other = [theme for theme, one in alike.items() if one.likeness == "other"]
        hidden = [theme for theme in alike if theme not in (*other, *self._shown)]
        if other:
            yield Paragraph(
                t.plural(
                    "{n} theme does not have the same statements since and is not compared.",
                    "{n} themes do not have the same statements since and are not compared.",
                    len(other),
                )
            )
        if hidden:
            yield Paragraph(
                t.plural(
                    "{n} theme is not shown in one of the two measurements and is not compared.",
                    "{n} themes are not shown in one of the two measurements and are not compared.",
                    len(hidden),
                )
            )

    def _stem(self, item: str) -> str:
        return self.view.words.statement(self.questionnaire, item)
