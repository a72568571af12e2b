"""The figures of a wave on the screen: overview, topics, perception, by group, gap."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from threading import Thread
from typing import ClassVar, Literal, get_args

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from imfsurvey.analysis.figures import MaturityFigures, NodeFigures, PerceptionFigures
from imfsurvey.faces.gap_lines import gap_lines
from imfsurvey.faces.gauge import gauge
from imfsurvey.faces.progress_lines import progress_lines, tabular
from imfsurvey.faces.tui.chrome import Hint
from imfsurvey.faces.tui.groups import group_lines
from imfsurvey.faces.tui.opened import OpenedScreen
from imfsurvey.faces.tui.perception import SurveyLines
from imfsurvey.faces.tui.results_topics import level_cells, node_tree, topic_lines
from imfsurvey.faces.tui.settled import Text
from imfsurvey.faces.tui.text import paragraph, plain, shortened
from imfsurvey.faces.words import (
    level_words,
    rater_word,
    warnings,
)
from imfsurvey.i18n import formats
from imfsurvey.study.comparison import compare
from imfsurvey.study.results import WaveResults

View = Literal["overview", "topics", "perception", "groups", "progress", "gap"]
_VIEWS: tuple[View, ...] = get_args(View)
_LABEL = 34
_FIGURES_WIDTH = 46
"""Columns of a line of the overview beside its label, marks included."""


class ResultsScreen(OpenedScreen):
    """Six views of one wave, one key away from each other."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "view('overview')", show=False),
        Binding("2", "view('topics')", show=False),
        Binding("3", "view('perception')", show=False),
        Binding("4", "view('groups')", show=False),
        Binding("5", "view('progress')", show=False),
        Binding("6", "view('gap')", show=False),
        Binding("right,tab", "turn(1)", show=False),
        Binding("left,shift+tab", "turn(-1)", show=False),
        Binding("up", "scroll('up')", show=False),
        Binding("down", "scroll('down')", show=False),
        Binding("pageup", "scroll('page_up')", show=False),
        Binding("pagedown,space", "scroll('page_down')", show=False),
        Binding("home", "scroll('home')", show=False),
        Binding("end", "scroll('end')", show=False),
    ]

    def __init__(self, found: WaveResults, *earlier: WaveResults) -> None:
        super().__init__()
        before = earlier[-1] if earlier else None
        self._found, self._before, self._all_before = found, before, earlier
        self._comparison = compare(before, found) if before is not None else None
        self._view: View = "overview"

    def compose_body(self) -> ComposeResult:
        """One text that scrolls."""
        yield Text(id="text")

    def on_mount(self) -> None:
        """Load meanwhile what comparing surveys needs: their view need not wait for it."""
        super().on_mount()
        if self._before is not None:
            # A plain thread: one of Textual's would keep this screen in its context for ever.
            Thread(target=import_module, args=("scipy.special",)).start()

    def translate(self) -> None:
        """All words in the language of the moment."""
        super().translate()
        lines = {
            "overview": self._overview,
            "topics": lambda: topic_lines(self._found, self.size.width, self.t),
            "perception": self._perception,
            "groups": self._groups,
            "progress": self._progress,
            "gap": self._gap,
        }[self._view]()
        self.query_one("#text", Text).update(Content("\n").join(list(lines)))

    def title_text(self) -> str:
        """The wave and the view."""
        t = self.t
        names: dict[View, str] = {
            "overview": t("Overview"),
            "topics": t("Topics"),
            "perception": t("Perception"),
            "groups": t("By group"),
            "progress": t("Progress"),
            "gap": t("Gap"),
        }
        return f"{self._found.figures.label.say(self.app.language)} – {names[self._view]}"

    def hints(self) -> tuple[Hint, ...]:
        """The views, scrolling, the way out."""
        t = self.t
        return (
            Hint("1", t("Overview"), "screen.view('overview')"),
            Hint("2", t("Topics"), "screen.view('topics')"),
            Hint("3", t("Perception"), "screen.view('perception')"),
            Hint("4", t("By group"), "screen.view('groups')"),
            Hint("5", t("Progress"), "screen.view('progress')"),
            Hint("6", t("Gap"), "screen.view('gap')"),
            Hint("↑↓", t("Scroll"), "screen.scroll('page_down')"),
            *self.back_hints(),
        )

    def help_text(self) -> str:
        """How to read the figures."""
        return self.t(
            "Level: what may be claimed, 0 to 5; most children are there, nearly all are past the "
            "step below, and never more than one step above the weakest. At most: the level if "
            "everything unknown were at its best. Index: 0 to 100, what is followed over time. "
            "Nothing on too few answers is shown."
        )

    # --- overview ---------------------------------------------------------------------------

    def _overview(self) -> Iterator[Content]:
        t, found = self.t, self._found.figures
        for warning in warnings(self._found, t):
            yield from self._paragraph("! " + warning, "$text-warning")
        maturity = found.maturity
        if maturity is None:
            yield plain(t("No self-assessment was given in this wave."))
            return
        if found.rater is not None:
            yield plain(t("Self-assessment by: {rater}", rater=rater_word(found.rater, t)))
        if self._before is not None:
            earlier = self._before.figures.label.say(self.app.language)
            yield plain(t("Level: {earlier} → now", earlier=earlier))
        yield Content("")
        head = f"{'':<{self._label_width + 2}}{t('Level'):<20}{t('Index'):>6}"
        yield plain(head, "$imf-muted")
        yield self._node_line(t("Overall"), maturity.overall, "bold")
        for node, depth in node_tree(self._found.framework):
            figures = maturity.nodes.get(node.id)
            if figures is not None:
                label = node.label.say(self.app.language)
                yield self._node_line(label, figures, "" if depth else "bold", depth)
        if any(map(self._noted, (maturity.overall, *maturity.nodes.values()))):
            yield from self._paragraph(
                "* " + t("Not all asked the same, or not in the same words: compare with care."),
                "$imf-muted",
            )
        yield Content("")
        yield from self._binding(maturity)
        yield Content("")
        yield from self._balance(maturity)

    def _node_line(self, label: str, figures: NodeFigures, style: str, depth: int = 0) -> Content:
        width = self._label_width
        text = "  " * depth + shortened(label, width - 2 * depth)
        index = "–"
        if figures.index is not None:
            index = formats.number(figures.index, self.app.language)
        line = Content.assemble(
            plain(text, style).pad_right(max(0, width + 2 - Content(text).cell_length)),
            plain(f"{self._cells(figures.demonstrated, figures.at_most):<8}"),
            plain(f"{self._level_now(figures):<12}", "bold"),
            plain(f"{index:>6}"),
        )
        marks = "".join(
            mark
            for mark, there in (
                (" *", self._noted(figures)),
                (" " + self.t("incomplete"), figures.incomplete),
                (" " + self.t("reduced scope"), figures.reduced_scope),
            )
            if there
        )
        return line + plain(marks, "$text-warning")

    @property
    def _room(self) -> int:
        """Columns of a line, beside margins and scroll bar."""
        return self.size.width - 5

    @property
    def _label_width(self) -> int:
        return min(max(self.size.width - _FIGURES_WIDTH, _LABEL), 60)

    def _level_now(self, figures: NodeFigures) -> str:
        """The level, with the one of the wave before: `1 → 2`."""
        earlier = self._earlier(figures.node)
        now = level_words(figures)
        if earlier is None or earlier.demonstrated is None:
            return now
        return f"{earlier.demonstrated} → {now}"

    def _noted(self, figures: NodeFigures) -> bool:
        """Whether two levels stand side by side whose items were not all the same."""
        earlier = self._earlier(figures.node)
        if self._comparison is None or earlier is None or earlier.demonstrated is None:
            return False
        return self._comparison.noted(self._found.framework, figures.node)

    def _earlier(self, node: str) -> NodeFigures | None:
        maturity = self._before.figures.maturity if self._before else None
        if maturity is None:
            return None
        return maturity.overall if node == maturity.overall.node else maturity.nodes.get(node)

    def _cells(self, demonstrated: int | None, at_most: int | None) -> str:
        return level_cells(demonstrated, at_most, self._found.framework.max_level)

    def _binding(self, maturity: MaturityFigures) -> Iterator[Content]:
        t = self.t
        if maturity.gate_holds:
            level = self._found.framework.gate
            yield from self._paragraph(
                t(
                    "Without an approved written policy the overall level is {level} at most.",
                    level=level.level if level else 0,
                ),
                "$text-warning",
            )
        for figures in (maturity.overall, *maturity.nodes.values()):
            if figures.binding:
                names = [t("“{text}”", text=self._label_of(one)) for one in figures.binding]
                yield from self._paragraph(
                    t(
                        "{node}: held back by {topics}",
                        node=self._label_of(figures.node),
                        topics=formats.joined(names, self.app.language),
                    )
                )

    def _label_of(self, one: str) -> str:
        framework, language = self._found.framework, self.app.language
        if one in framework.nodes:
            return framework.nodes[one].label.say(language)
        if one in framework.topic_by_id:
            return framework.topic_by_id[one].label.say(language)
        return self.t("Overall")

    def _balance(self, maturity: MaturityFigures) -> Iterator[Content]:
        t, language, balance = self.t, self.app.language, maturity.balance
        if balance.balance is None or balance.controlling is None or balance.stimulating is None:
            return
        text = t(
            "Balance {balance} (controlling {controlling}, stimulating {stimulating}; "
            "declared band {low} to {high})",
            balance=formats.signed(balance.balance, language, 2),
            controlling=formats.number(balance.controlling, language),
            stimulating=formats.number(balance.stimulating, language),
            low=formats.signed(balance.low, language, 2),
            high=formats.signed(balance.high, language, 2),
        )
        width = min(self.size.width - 40, 41) | 1
        line = gauge(balance.balance, balance.low, balance.high, width)
        yield plain("  ".join((t("controlling"), line, t("stimulating"))))
        yield from self._paragraph(text)
        if balance.outside:
            yield from self._paragraph("! " + t("Outside the declared band."), "$text-warning")

    # --- perception -------------------------------------------------------------------------

    def _perception(self) -> Iterator[Content]:
        t, found = self.t, self._found.figures
        if not found.perception:
            if found.sealed:
                text = t("The answers of the staff are still sealed: a key holder unseals them.")
            elif found.status == "open":
                text = t("Staff answers are shown once the wave is closed.")
            else:
                text = t("No staff survey in this wave.")
            yield from self._paragraph(text)
            return
        for survey in found.perception:
            yield from self._survey(survey)

    def _survey(self, survey: PerceptionFigures) -> Iterator[Content]:
        lines = SurveyLines(self._found, survey, self._before, self.t)
        yield from lines.drawn(self._room)

    def _groups(self) -> Iterator[Content]:
        return group_lines(self._found, self.t, self._room)

    def _progress(self) -> Iterator[Content]:
        for line in progress_lines((*self._all_before, self._found), self.t):
            yield from self._table_line(line) if tabular(line) else self._entry(line)

    def _gap(self) -> Iterator[Content]:
        for line in gap_lines(self._found, self.t):
            yield from self._table_line(line) if tabular(line) else self._paragraph(line)

    def _table_line(self, line: str) -> Iterator[Content]:
        """As it is; words behind the last column go on below their beginning."""
        if len(line) <= self._room:
            yield plain(line)
        else:
            yield from self._hanging(*line.rpartition("  "))

    def _entry(self, line: str) -> Iterator[Content]:
        """What stands before two blanks, such as levels, alone at the left."""
        head, gap, text = line.partition("  ")
        yield from self._hanging(head, gap, text) if gap else self._paragraph(line)

    def _hanging(self, head: str, gap: str, text: str) -> Iterator[Content]:
        indent = len(head) + len(gap)
        first, *others = self._paragraph(text, indent=indent)
        yield plain(head + gap) + first[indent:]
        yield from others

    # --- keys -------------------------------------------------------------------------------

    def _paragraph(self, text: str, style: str = "", indent: int = 0) -> Iterator[Content]:
        return paragraph(text, self._room, style, indent)

    def action_view(self, view: View) -> None:
        """Show another view, from its top."""
        self._view = view
        self.translate()
        self.query_one("#body").scroll_home(animate=False, immediate=True)

    def action_turn(self, step: int) -> None:
        """The next or the previous view."""
        self.action_view(_VIEWS[(_VIEWS.index(self._view) + step) % len(_VIEWS)])

    def action_scroll(self, way: str) -> None:
        """Move the text."""
        getattr(self.query_one("#body"), f"scroll_{way}")(animate=False)
