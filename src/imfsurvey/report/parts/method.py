"""The method page: rules in words with their parameters, protection, limits, versions."""

from __future__ import annotations

from collections.abc import Iterator

from imfsurvey import __version__
from imfsurvey.analysis.themes import SMALL
from imfsurvey.i18n import formats
from imfsurvey.report.document import Block, Bullets, Heading, Paragraph, Section, Table
from imfsurvey.report.parts.method_statistics import statistics_in_words
from imfsurvey.report.parts.perception import Survey
from imfsurvey.report.parts.rule import rule_in_words
from imfsurvey.report.view import View
from imfsurvey.report.words import NO_FIGURE, clean


def section(view: View) -> Section:
    """How the figures were made, what they do not say, and from which files."""
    t = view.t
    identity = view.framework.framework
    blocks: list[Block] = [Paragraph(view.words.text(identity.notice))]
    if view.has_maturity:
        blocks += [Heading(t("Levels and indices")), Bullets(tuple(_levels(view)))]
        blocks += [Heading(t("What is missing")), Bullets(tuple(_missing(view)))]
        if conditions := tuple(_conditions(view)):
            blocks += [Heading(t("Conditions and balance")), Bullets(conditions)]
    surveys = Survey.all_of(view)
    if surveys:
        blocks.append(Heading(t("Staff survey and protection of those who answered")))
        blocks.append(Bullets((*_counting(view, surveys), *_protection(view, surveys))))
        said = tuple(statistics_in_words(view, [survey.figures for survey in surveys]))
        if said:
            blocks += [Heading(t("Chance, reliability and change")), Bullets(said)]
    blocks += [Heading(t("What this report does not say")), Bullets(tuple(_limits(view)))]
    blocks.append(_versions(view))
    return Section("method", t("Method"), tuple(blocks))


def _levels(view: View) -> Iterator[str]:
    t, rule = view.t, view.framework.aggregation
    yield from rule_in_words(view)
    yield t(
        "Only core topics make a level. In the index a core topic weighs {core}, a complementary "
        "one {complementary}; the parts of a pillar weigh the same, whatever their number of "
        "topics.",
        core=rule.weights.core,
        complementary=rule.weights.complementary,
    )
    if view.maturity.overall_equal_weights is not None:
        yield t(
            "If every topic weighed the same, the overall index would be {equal}; it is {index}.",
            equal=view.words.index(view.maturity.overall_equal_weights),
            index=view.words.index(view.maturity.overall.index),
        )
    yield t(
        "From level {level} on, a rating has to name its evidence.",
        level=rule.evidence_from,
    )
    yield t("Figures are rounded last; a difference is taken from the unrounded figures.")


def _missing(view: View) -> Iterator[str]:
    t, rule = view.t, view.framework.aggregation
    yield t(
        "“Don't know” and unanswered topics are not guessed: they give two bounds. The level shown "
        "counts them as {lowest}; “at most” counts them as {highest}.",
        lowest=0,
        highest=view.framework.max_level,
    )
    yield t(
        "Topics not applicable count nowhere. Above {percent} of the core topics of a part, its "
        "scope is called reduced.",
        percent=view.words.whole_percent(rule.reduced_scope),
    )
    yield t(
        "With fewer than {percent} of the core topics in scope rated, a result is incomplete and "
        "cannot serve as a measurement.",
        percent=view.words.whole_percent(rule.coverage),
    )
    yield t(
        "{mark} stands where there is no figure; it never means zero.",
        mark=view.words.quoted(NO_FIGURE),
    )


def _conditions(view: View) -> Iterator[str]:
    t, framework, language = view.t, view.framework, view.words.language
    if framework.gate:
        yield t(
            "Without an approved written integrity policy the overall level cannot pass {level}.",
            level=framework.gate.level,
        )
    band = framework.balance
    if band is None:
        return
    yield t(
        "The balance is (S - C) / (S + C), with S and C the indices of the topics with a "
        "stimulating and a controlling approach; a topic with both counts half in each. It is "
        "called out when it is outside the band, beyond {index} and the indices differ by "
        "{difference} or more.",
        index=formats.number(band.flag_index, language, 2),
        difference=formats.number(band.flag_difference, language),
    )


def _counting(view: View, surveys: tuple[Survey, ...]) -> Iterator[str]:
    t = view.t
    if not any(survey.statements for survey in surveys):
        return
    yield t(
        "A share is that of the valid answers to a statement. A theme is the mean of its "
        "statements' favourable shares."
    )
    yield t(
        "Where knowing is what is asked, “don't know” is an answer, and an unfavourable one. "
        "Everywhere else “don't know”, “not applicable” and blank are left out; the share of "
        "“don't know” is given apart."
    )


def _protection(view: View, surveys: tuple[Survey, ...]) -> Iterator[str]:
    t = view.t
    for survey in surveys:
        privacy = survey.questionnaire.privacy
        if not survey.figures.items:
            yield t(
                "{title}: no figure on fewer than {total} answers (k = {total}).",
                title=view.words.quoted(survey.title),
                total=survey.figures.k,
            )
            continue
        yield t(
            "{title}: no figure on fewer than {total} answers (k = {total}), and breakdowns only "
            "from {k} answers on (k = {k}). Not shown in figures: {hidden} of {all} statements.",
            title=view.words.quoted(survey.title),
            total=survey.figures.k,
            k=privacy.k,
            hidden=survey.figures.hidden,
            all=len(survey.figures.items),
        )
    yield t(
        "Under 30 answers, “large majority” is said when all or all but one gave the same answer, "
        "rare non-answers are withheld, and the response rate is given as a range."
    )
    if any(any(survey.questionnaire.conditions.values()) for survey in surveys):
        yield t(
            "A statement that only some were shown tells of a part of the staff: its figure needs "
            "as many answers as a breakdown."
        )
    if any(survey.figures.choices for survey in surveys):
        yield t(
            "Of questions with choices no number of fewer than k people is shown, however many "
            "answered, nor others from which it would follow; mean ranks need {small} answers. "
            "Items that form groups are not counted there.",
            small=SMALL,
        )
    if view.figures.breakdowns:
        yield from _by_group(view)


def _by_group(view: View) -> Iterator[str]:
    t = view.t
    yield t(
        "Results by group: only by what the survey declared before anybody answered. A figure is "
        "also hidden when it, taken from others, would tell of fewer people than k: all tables and "
        "everything that was released of this measurement before were checked together, exactly."
    )
    yield t(
        "Of every number that is hidden to protect few people, more than one value remains "
        "possible, and it is never certain that all or all but one of them gave the same answer, "
        "unless a figure that is shown says by itself that nobody answered so."
    )
    yield t(
        "What no check of figures can see: what somebody knows from elsewhere, and colleagues who "
        "tell each other their answers. Seven of a group of eight can work out the eighth's from "
        "exact figures; that is why small groups get ranges only."
    )


def _limits(view: View) -> Iterator[str]:
    t = view.t
    if view.figures.perception:
        yield t("Those who answered are not a random sample: others may think otherwise.")
    if view.has_maturity:
        yield t("The levels are a self-assessment, not an audit.")
    yield t("The figures say what is, not why: no cause is inferred from them.")


def _versions(view: View) -> Table:
    """What was used, each with its content hash."""
    t, words, figures = view.t, view.words, view.figures
    identity = view.framework.framework
    used = [(identity.id, words.text(identity.title), identity.version)]
    used += [
        (one.id, words.text(one.questionnaire.title), one.questionnaire.version)
        for one in view.now.questionnaires.values()
    ]
    rows = [
        (title, ident, clean(version), clean(figures.hashes.get(ident, "")) or NO_FIGURE)
        for ident, title, version in used
    ]
    rows.append((t("Program"), "imfsurvey", __version__, NO_FIGURE))
    columns = (t("Used"), t("Id"), t("Version"), t("Hash of the content (SHA-256)"))
    return Table(t("Files and versions"), columns, tuple(rows), words=(1, 2, 3))
