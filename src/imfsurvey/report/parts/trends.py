"""What the staff said at earlier measurements beside what they say now, theme by theme.

Only figures that both waves released are laid side by side: a difference never tells more than
the two figures do.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from imfsurvey.analysis.figures import PerceptionFigures
from imfsurvey.questionnaire import Questionnaire
from imfsurvey.questionnaire.stems import stem
from imfsurvey.report.document import Block, Bullets, Heading, Paragraph, Table
from imfsurvey.report.view import MARK, Past, View


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
                "Those who answered are not the same people, and no test tells chance from "
                "change: read nothing into small differences. They are taken before rounding."
            ),
            "note",
        )


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
            columns = (t("Theme"), past.heading, t("Now"), t("Change in points"), t("Note"))
            caption = t("Favourable answers by theme: {wave} and now", wave=past.within)
            yield Table(caption, columns, self.rows, words=(4,))
        yield from self._left_out()
        stems = [self._stem(item) for theme in self._shown for _, item in self._alike[theme].items]
        if stems:
            said = self.view.t(
                "{mark} Asked in other words or under other conditions since:", mark=MARK
            )
            yield Paragraph(said, "note")
            yield Bullets(tuple(stems))

    @cached_property
    def _shown(self) -> dict[str, tuple[float, float]]:
        """Then and now, by theme of the same statements that has a figure in both waves."""
        return {
            theme: (then, now)
            for theme, alike in self._alike.items()
            if alike.likeness != "other"
            and (then := self._then[theme]) is not None
            and (now := self._now[theme]) is not None
        }

    def _rows(self) -> Iterator[tuple[str, ...]]:
        words = self.view.words
        labels = {theme.id: words.text(theme.label) for theme in self.questionnaire.themes}
        for theme, (then, now) in self._shown.items():
            reworded = self._alike[theme].likeness == "reworded"
            note = self.view.t("asked otherwise {mark}", mark=MARK) if reworded else ""
            change = words.change(100 * now, 100 * then)
            yield labels[theme], words.share(then), words.share(now), change, note

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
        return self.view.words.text(stem(self.questionnaire, item))
