"""The released figures of a wave as tables: what disclosure control let through, and no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from imfsurvey.analysis.figures import ItemFigures, NodeFigures, PerceptionFigures, ThemeFigures
from imfsurvey.exchange.data.codebook import Category, Cell, Codebook, Names, Table, Variable
from imfsurvey.exchange.data.tables import RATER_WORDS, Subject
from imfsurvey.i18n.catalogue import N_, Marked
from imfsurvey.questionnaire import LikertItem
from imfsurvey.study.results import WaveResults

_KINDS: Final = (N_("Survey"), N_("Theme"), N_("Statement"))
_HIDDEN: Final = (
    N_("Shown"),
    N_("Too few answers: not shown."),
    N_("Large majority: no figures, since nearly everybody gave the same answer."),
)
_HIDDEN_BY: Final = {None: 0, "too_few": 1, "large_majority": 2}
_LEANING: Final = (N_("favourable"), N_("neutral"), N_("unfavourable"))
_LEANING_BY: Final = {None: None, "favourable": 1, "neutral": 2, "unfavourable": 3}
_SHARES: Final = (
    ("favourable", N_("Share of favourable answers, 0 to 1")),
    ("neutral", N_("Share of neutral answers, 0 to 1")),
    ("unfavourable", N_("Share of unfavourable answers, 0 to 1")),
    ("mean", N_("Mean value, turned round where agreeing is unfavourable")),
    ("dont_know", N_("Share of “don't know” among those who saw it, 0 to 1")),
    ("not_applicable", N_("Share of “not applicable” among those who saw it, 0 to 1")),
    ("blank", N_("Share of those who saw it and gave no answer, 0 to 1")),
)
_SPREAD: Final = (
    ("sd", N_("Standard deviation of the answers, in codes; of a theme: of the scores")),
    ("favourable_low", N_("Share of favourable answers, lower end of the 95 % interval")),
    ("favourable_high", N_("Share of favourable answers, upper end of the 95 % interval")),
    ("mean_low", N_("Mean value, lower end of the 95 % interval")),
    ("mean_high", N_("Mean value, upper end of the 95 % interval")),
    ("index", N_("Index of the theme, 0 to 100: the mean of the scores")),
    ("index_low", N_("Index of the theme, lower end of the 95 % interval")),
    ("index_high", N_("Index of the theme, upper end of the 95 % interval")),
)
"""None where a small group hides them, and an interval where everybody answered."""
_NODES: Final = (N_("The whole"), N_("Pillar, function or view"), N_("Topic"))
_LEVELS: Final = (
    ("demonstrated", N_("Level demonstrated"), 0),
    ("at_most", N_("Highest possible level"), 0),
    ("index", N_("Index, 0 to 100"), 6),
    ("index_at_most", N_("Highest possible index"), 6),
    ("core_index", N_("Index of the core topics"), 6),
    ("coverage", N_("Share of core topics in scope that were rated, 0 to 1"), 6),
    ("in_scope", N_("Core topics in scope"), 0),
    ("not_applicable", N_("Core topics not applicable"), 0),
)
_RATED: Final = {"answered": 1, "na": 2, "dk": 3, "blank": 4}

_DECIMALS: Final = 6
"""Of shares and means in formats that fix them."""


def perception_table(subject: Subject, figures: PerceptionFigures) -> Table:
    """The figures of a survey: one row for the whole, one for each theme and statement."""
    t = subject.t
    words: Callable[[Marked], str] = t.messages.gettext
    names = Names()
    counts = {code: names.take(f"count_{code}") for code in _scale_codes(subject)}
    variables = [
        _category("kind", t("What the row is about"), _KINDS, words, 1),
        _text("id", t("Id in the questionnaire")),
        _text("text", t("Statement or theme")),
        _category("hidden", t("Whether it is shown"), _HIDDEN, words, 0),
        _category("leaning", t("Where a large majority lies"), _LEANING, words, 1),
        _number("n", t("Valid answers; of the survey: responses"), 0),
        *(_number(name, words(label), _DECIMALS) for name, label in _SHARES),
        *(_number(name, words(label), _DECIMALS) for name, label in _SPREAD),
        _number("scored", t("People who have a score on the theme"), 0),
        _number("headcount", t("People invited"), 0),
        _number("rate_low", t("Response rate, 0 to 1, or the lower end of its band"), _DECIMALS),
        _number("rate_high", t("Response rate, 0 to 1, or the upper end of its band"), _DECIMALS),
        *(_number(name, t("Answers {code}", code=code), 0) for code, name in counts.items()),
    ]
    rows = [
        _survey_row(subject, figures),
        *(_theme_row(subject, one) for one in figures.themes),
        *(_item_row(subject, one, counts) for one in figures.items),
    ]
    remark = t(
        "Figures after disclosure control, as the reports show them: fewer than {k} answers give "
        "none. An empty place is hidden, or there is no such figure.",
        k=figures.k,
    )
    columns = tuple([row.get(one.name) for row in rows] for one in variables)
    return Table(f"{subject.stem}-figures", subject.codebook(variables, remark), columns)


def _scale_codes(subject: Subject) -> list[int]:
    """The codes of all scales together, lowest first."""
    scales = subject.questionnaire.scales
    return sorted(
        {
            code
            for item in subject.questionnaire.asking_items()
            if isinstance(item, LikertItem)
            for code in scales[item.scale].values
        }
    )


def _survey_row(subject: Subject, figures: PerceptionFigures) -> dict[str, Cell]:
    found = figures.responses
    low, high = found.band or (found.rate, found.rate)
    return {
        "kind": 1,
        "id": figures.questionnaire,
        "text": subject.questionnaire.questionnaire.title.say(subject.t.language),
        "hidden": 0 if low is not None else 1,
        "n": found.returned,
        **{"headcount": found.headcount, "rate_low": low, "rate_high": high},
    }


def _theme_row(subject: Subject, figures: ThemeFigures) -> dict[str, Cell]:
    labels = {theme.id: theme.label for theme in subject.questionnaire.themes}
    return {
        "kind": 2,
        "id": figures.theme,
        "text": labels[figures.theme].say(subject.t.language),
        "hidden": 0 if figures.favourable is not None else 1,
        **{"favourable": figures.favourable, "index": figures.index, "scored": figures.scored},
        "sd": figures.index_sd,
        **_ends("index", figures.index_interval),
    }


def _item_row(subject: Subject, figures: ItemFigures, counts: Mapping[int, str]) -> dict[str, Cell]:
    """`counts`: the name of the variable by code."""
    item = subject.questionnaire.items[figures.item]
    row: dict[str, Cell] = {
        "kind": 3,
        "id": figures.item,
        "text": subject.wording.stem(item),
        "hidden": _HIDDEN_BY[figures.hidden],
        "leaning": _LEANING_BY[figures.leaning],
        **{name: getattr(figures, name) for name in ("n", "sd", *(one for one, _ in _SHARES))},
        **_ends("favourable", figures.favourable_interval),
        **_ends("mean", figures.mean_interval),
    }
    if isinstance(item, LikertItem) and figures.counts is not None:
        codes = subject.questionnaire.scales[item.scale].values
        row |= {counts[code]: n for code, n in zip(codes, figures.counts, strict=True)}
    return row


def _ends(name: str, interval: tuple[float, float] | None) -> dict[str, Cell]:
    low, high = interval or (None, None)
    return {f"{name}_low": low, f"{name}_high": high}


def maturity_table(subject: Subject, found: WaveResults) -> Table | None:
    """Levels and indices, from the whole down to the topics; None without a self-assessment.

    `subject` is any questionnaire of the wave: it gives entity, wave and language.
    """
    figures, t = found.figures.maturity, subject.t
    if figures is None:
        return None
    words: Callable[[Marked], str] = t.messages.gettext
    rated = (t("Rated"), t("Not applicable"), t("Don't know"), t("No answer"))
    status = _own_category("rated", t("How the topic was rated"), tuple(enumerate(rated, 1)))
    variables = [
        _category("kind", t("What the row is about"), _NODES, words, 1),
        _text("id", t("Id in the framework")),
        _text("label", t("Name")),
        status,
        *(_number(name, words(label), decimals) for name, label, decimals in _LEVELS),
    ]
    language = t.language
    nodes = {node.id: node.label.say(language) for node in found.framework.nodes.values()}
    topics = {topic.id: topic.label.say(language) for topic in found.framework.topics}
    rows: list[list[Cell]] = [_node_row(1, t("Overall"), figures.overall)]
    rows += [_node_row(2, nodes.get(one.node, one.node), one) for one in figures.nodes.values()]
    for topic, rating in figures.ratings.items():
        rest: list[Cell] = [None] * (len(_LEVELS) - 1)
        rows.append([3, topic, topics[topic], _RATED[rating.status], rating.level, *rest])
    remarks = [t("The figures that the reports show.")]
    if found.figures.status == "open":
        remarks.append(t("The wave is still open: these figures are provisional."))
    book = subject.codebook(variables, *remarks)
    facts = list(book.facts[:2])  # entity and wave: it is about no single questionnaire
    if found.figures.rater is not None:
        facts.append((t("Who answered"), words(RATER_WORDS[found.figures.rater])))
    book = replace(book, title=t("Maturity"), facts=tuple(facts))
    return _table(f"{subject.wave.id}-maturity-figures", book, rows)


def _node_row(kind: int, label: str, figures: NodeFigures) -> list[Cell]:
    return [kind, figures.node, label, None, *(getattr(figures, name) for name, _, _ in _LEVELS)]


# --- variables --------------------------------------------------------------------------------


def _text(name: str, label: str) -> Variable:
    return Variable(name, label, "text")


def _number(name: str, label: str, decimals: int) -> Variable:
    return Variable(name, label, "number", measure="scale", decimals=decimals)


def _category(
    name: str, label: str, marked: Sequence[Marked], words: Callable[[Marked], str], first: int
) -> Variable:
    pairs = tuple((value, words(text)) for value, text in enumerate(marked, start=first))
    return _own_category(name, label, pairs)


def _own_category(name: str, label: str, pairs: Sequence[tuple[int, str]]) -> Variable:
    categories = tuple(Category(value, text, value) for value, text in pairs)
    return Variable(name, label, "category", categories=categories)


def _table(name: str, codebook: Codebook, rows: Sequence[Sequence[Cell]]) -> Table:
    columns: Iterator[tuple[Cell, ...]] = zip(*rows, strict=True)
    return Table(name, codebook, tuple(columns))
