"""What the staff said: response, themes, and every statement with its distribution."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from imfsurvey.analysis.figures import ItemFigures, PerceptionFigures, ThemeFigures
from imfsurvey.analysis.perception import fewest
from imfsurvey.i18n import formats
from imfsurvey.questionnaire import LikertItem, Questionnaire
from imfsurvey.report.charts.drawing import NARROW, WIDE
from imfsurvey.report.charts.likert import LikertGroup, LikertRow, draw_likert
from imfsurvey.report.document import Block, Chart, Paragraph, Section, Table
from imfsurvey.report.parts.chosen import choices_of
from imfsurvey.report.parts.indices import over_time
from imfsurvey.report.parts.statistics import index_cells, intervals, statistics_of
from imfsurvey.report.parts.trends import since
from imfsurvey.report.statistics import chance_only, too_few
from imfsurvey.report.view import View
from imfsurvey.report.words import NO_FIGURE, response_words


@dataclass(frozen=True)
class Statement:
    """One item with its figures."""

    item: LikertItem
    figures: ItemFigures
    label: str
    """Its stem; a reversed one says so."""


@dataclass(frozen=True)
class Survey:
    """The figures of one questionnaire beside its texts."""

    view: View
    figures: PerceptionFigures
    questionnaire: Questionnaire

    @classmethod
    def all_of(cls, view: View) -> tuple[Survey, ...]:
        """The surveys of the reported wave."""
        return tuple(
            cls(view, figures, view.now.questionnaires[figures.questionnaire])
            for figures in view.figures.perception
        )

    @property
    def title(self) -> str:
        """What the questionnaire is called."""
        return self.view.words.text(self.questionnaire.questionnaire.title)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """All items, in the order of the questionnaire."""
        found = []
        for figures in self.figures.items:
            item = self.questionnaire.items[figures.item]
            if not isinstance(item, LikertItem):
                raise TypeError(f"figures of {figures.item!r}, which is no rated statement")
            label = self.view.words.statement(self.questionnaire, item.id)
            found.append(Statement(item, figures, label))
        return tuple(found)

    def theme_label(self, theme: str | None) -> str:
        """What a theme is called."""
        themes = {one.id: one.label for one in self.questionnaire.themes}
        if theme is None:
            return self.view.t("Other statements")
        return self.view.words.text(themes[theme])

    @cached_property
    def themes(self) -> tuple[tuple[str, ThemeFigures | None, tuple[Statement, ...]], ...]:
        """Label, figures and statements of each; the most favourable statement first."""
        figures = {one.theme: one for one in self.figures.themes}
        order = dict.fromkeys([*figures, *(one.item.theme for one in self.statements)])
        result = []
        for theme in order:
            inside = [one for one in self.statements if one.item.theme == theme]
            inside.sort(key=lambda one: -_or_less(one.figures.favourable))
            if inside:
                known = figures.get(theme) if theme is not None else None
                result.append((self.theme_label(theme), known, tuple(inside)))
        return tuple(result)

    def response(self) -> str:
        """How many answered, or as much of it as may be said."""
        return response_words(self.figures, self.view.t)

    def remark(self, figures: ItemFigures) -> str:
        """Why figures are not shown, and what may be said instead; empty when they are."""
        t = self.view.t
        if figures.hidden is None:
            return ""
        if figures.hidden == "too_few" and self.questionnaire.conditions[figures.item]:
            return too_few(self.questionnaire, figures.item, t)
        if figures.hidden == "too_few":
            return t(
                "fewer than {k} answers: not shown", k=fewest(self.questionnaire, figures.item)
            )
        said = {
            "favourable": t("large majority favourable"),
            "neutral": t("large majority neutral"),
            "unfavourable": t("large majority unfavourable"),
            None: t("large majority of one answer"),
        }
        return said[figures.leaning]


def _or_less(share: float | None) -> float:
    return -1.0 if share is None else share


def headlines(view: View) -> Iterator[str]:
    """What the surveys say, the most important first."""
    t, words = view.t, view.words
    for survey in Survey.all_of(view):
        yield t("{name}: {value}", name=survey.title, value=survey.response())
        shown = [
            (figures.favourable, label)
            for label, figures, _statements in survey.themes
            if figures is not None and figures.favourable is not None
        ]
        if shown:
            (high, best), (low, worst) = max(shown), min(shown)
            params = {"best": words.quoted(best), "high": words.share(high)}
            if best == worst:
                yield t("Favourable answers on {best}: {high}.", **params)
            else:
                yield t(
                    "Staff answers are most favourable on {best} ({high}), least on {worst} "
                    "({low}).",
                    worst=words.quoted(worst),
                    low=words.share(low),
                    **params,
                )
        statements = [one for one in survey.statements if one.figures.favourable is not None]
        if statements:
            least = min(statements, key=lambda one: _or_less(one.figures.favourable))
            yield t(
                "The statement with the fewest favourable answers: {statement} ({share}).",
                statement=words.quoted(least.label),
                share=words.share(least.figures.favourable),
            )


def sections(view: View) -> Iterator[Section]:
    """One section a survey."""
    for number, survey in enumerate(Survey.all_of(view), 1):
        t = view.t
        blocks: list[Block] = [Paragraph(survey.response())]
        blocks += _of_statements(view, survey, number) if survey.statements else ()
        blocks += choices_of(view, survey.figures)
        blocks += since(view, survey.figures, survey.questionnaire)
        blocks += over_time(view, survey.questionnaire, f"indices-{number}")
        title = t("Perception by staff: {title}", title=survey.title)
        yield Section(f"perception-{number}", title, tuple(blocks))


def _of_statements(view: View, survey: Survey, number: int) -> Iterator[Block]:
    yield from _limits(survey)
    if any(figures for _label, figures, _statements in survey.themes):
        yield _themes_table(survey)
    yield from statistics_of(view, [(label, one) for label, one, _ in survey.themes if one])
    yield from _statements(survey, f"perception-{number}")
    yield from intervals(view, [(one.label, one.figures) for one in survey.statements])


def _limits(survey: Survey) -> Iterator[Block]:
    t, hidden = survey.view.t, survey.figures.hidden
    if hidden:
        yield Paragraph(
            t.plural(
                "{n} statement is not shown in figures, to protect those who answered.",
                "{n} statements are not shown in figures, to protect those who answered.",
                hidden,
            )
        )
    reading = t(
        "Favourable is the share of valid answers that speak well of integrity in the entity. "
        "“Don't know” is left out of it and shown beside."
    )
    if any(one.item.reverse for one in survey.statements):
        reading += " " + t(
            "Where a statement is marked (inverse), disagreeing is favourable; its figures are "
            "turned round accordingly."
        )
    yield Paragraph(reading, "note")
    if survey.figures.has_intervals:
        yield Paragraph(chance_only(t), "note")


def _themes_table(survey: Survey) -> Table:
    t, words = survey.view.t, survey.view.words
    rows = tuple(
        (
            label,
            t("not shown") if figures.favourable is None else words.share(figures.favourable),
            words.count(len(statements)),
            *index_cells(survey.view, figures),
        )
        for label, figures, statements in survey.themes
        if figures is not None
    )
    columns = (
        *(t("Theme"), t("Favourable"), t("Statements")),
        *(t("Index 0-100"), t("95% interval"), t("People with a score")),
    )
    return Table(t("Share of favourable answers, by theme"), columns, rows).without_empty()


def _statements(survey: Survey, name: str) -> Iterator[Block]:
    """The chart with its table; the table alone when no scale says what is favourable."""
    t = survey.view.t
    title = t("Answers to the statements, by theme")
    groups = [
        LikertGroup(
            label,
            survey.view.words.share(figures.favourable) if figures else "",
            tuple(_row(survey, one) for one in statements if _has_sides(survey, one)),
        )
        for label, figures, statements in survey.themes
    ]
    groups = [group for group in groups if group.rows]
    if not groups:
        yield _table(survey)
        return
    yield Chart(
        title=title,
        svg=draw_likert(name, WIDE, title, groups, t),
        narrow=draw_likert(f"{name}-narrow", NARROW, title, groups, t),
        table=_table(survey),
    )


def _has_sides(survey: Survey, statement: Statement) -> bool:
    scale = survey.questionnaire.scales[statement.item.scale]
    return bool(scale.favourable or scale.unfavourable)


def _row(survey: Survey, statement: Statement) -> LikertRow:
    words, t, figures = survey.view.words, survey.view.t, statement.figures
    shares, unknown = _shares(statement)
    percents = [formats.number(100 * share, words.language) for share in (unknown, *shares)]
    said = {
        "label": statement.label,
        "remark": survey.remark(figures),
        "favourable": words.share(figures.favourable),
        "neutral": words.share(figures.neutral),
        "unfavourable": words.share(figures.unfavourable),
        "n": NO_FIGURE if figures.n is None else words.count(figures.n),
        "unknown": words.share(figures.dont_know),
    }
    spoken = (
        t("{label}: {remark}.", **said)
        if figures.hidden
        else t(
            "{label}: favourable {favourable}, neutral {neutral}, unfavourable {unfavourable}, "
            "{n} answers, don't know {unknown}.",
            **said,
        )
    )
    return LikertRow(
        label=statement.label,
        shares=shares,
        unknown=unknown,
        parts=tuple(percents) if shares else (),
        favourable=said["favourable"],
        n=said["n"],
        dont_know=said["unknown"],
        remark=said["remark"],
        spoken=spoken,
    )


def _shares(statement: Statement) -> tuple[tuple[float, ...], float]:
    """Shares of n by category, most unfavourable first; and of "don't know" where it counts."""
    figures = statement.figures
    if not figures.counts or not figures.n:
        return (), 0.0
    counts = figures.counts[::-1] if statement.item.reverse else figures.counts
    unknown = figures.n - sum(counts) if statement.item.knowledge else 0
    return tuple(count / figures.n for count in counts), unknown / figures.n


def _table(survey: Survey) -> Table:
    words, t = survey.view.words, survey.view.t
    rows = []
    for label, _figures, statements in survey.themes:
        for one in statements:
            figures = one.figures
            counts = " / ".join(words.count(count) for count in figures.counts or ())
            rows.append(
                (
                    one.label,
                    label,
                    words.share(figures.favourable),
                    words.share(figures.neutral),
                    words.share(figures.unfavourable),
                    words.mean(figures.mean),
                    NO_FIGURE if figures.n is None else words.count(figures.n),
                    words.share(figures.dont_know),
                    counts or NO_FIGURE,
                    survey.remark(figures),
                )
            )
    columns = (
        *(t("Statement"), t("Theme"), t("Favourable"), t("Neutral"), t("Unfavourable")),
        *(t("Mean"), t("Answers"), t("Don't know")),
        t("Number by category, as answered, lowest code first"),
        t("Remark"),
    )
    caption = t("Answers to the statements")
    return Table(caption, columns, tuple(rows), words=(1, 8, 9)).without_empty()
