"""Every sentence of the report that holds a number, as it has to be."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from e2e import three_years_story as story

from independent import claims, maturity, planned
from independent.printing import number, percent, signed
from independent.stafftables import named
from independent.tables import INDICES, Report
from independent.zone import INVITED, MODEL

MONTHS = {3: "March", 4: "April", 10: "October"}
METHOD = {
    "Every topic is rated from": "0 5",
    "The level of a function, of a pillar and of the whole is": "50 85 1",
    "Only core topics make a level. In the index": "2 1",
    "From level": "3",
    "“Don't know” and unanswered topics are not guessed": "0 5",
    "Topics not applicable count nowhere.": "20",
    "With fewer than": "80",
    "Without an approved written integrity policy the overall level cannot pass": "1",
    "The balance is (S - C) / (S + C)": "0.20 15",
    "Under 30 answers, “large majority”": "30",
    "The 95% interval of a mean is": "95 1 1 1",
    "The index of an answer x is 100": "100",
    "On fewer than": "30",
    "Reliability is given on": "30 2 1",
    "By convention a coefficient under": "0.70 0.80",
    "Agreement is r_wg(j) = J (1 - q)": "1 1 1 12 1.34 0 0 0.30 0.50 0.70 0.90",
    "Agreement is 1 when all gave the same answers": "1 0",
    "Higher or lower is said only when p is under": "0.05 5",
    "Those who answered need not be the same people.": "0.05 5",
    "The level is what may be claimed today; the index, from": "0 100",
    "Percent to target is 1 minus the sum of the gaps": "1 0",
    "Measurements are compared on the core index": "1",
    "The two scales are not the same ruler": "50 0 20 10 25 3",
    "Exact from": "30 5 15",
    "a: fewer than": "10",
}
"""The start of each sentence on rules, and its numbers: those of docs/maturity.md and
docs/perception.md."""


def day(date: datetime.date) -> str:
    """In full."""
    return f"{date.day} {MONTHS[date.month]} {date.year}"


def level_named(level: int) -> str:
    """With its name."""
    return f"{level} ({story.LEVEL_NAMES[level]})"


def required(report: Report) -> Iterator[str]:
    """Sentences with a number that must be there, each as often as it is given."""
    now, year = report.now, report.now.year
    yield story.ENTITY
    yield f"{year.kind.capitalize()} measurement {year.year}, closed on {day(year.closed)}"
    yield f"Made with imfsurvey {_version()} on {day(year.unsealed)}."
    overall = now.parts["overall"]
    yield f"Core topics rated: {percent(overall.coverage)} of {overall.in_scope} in scope"
    answered = f"{now.returned} of {INVITED} people answered ({rate(report)})."
    yield from (f"Enquête: {answered}", answered)
    if now.approved:
        yield f"Written policy: approved on {day(story.APPROVED)}"
        yield f"A written integrity policy was approved on {day(story.APPROVED)}."
    yield whole(report)
    yield from themes(report)
    yield from (tile(report, part) for part in report.main)
    for pillar in story.NODES:
        figures = now.parts[pillar]
        yield f"{named(pillar)}: level {maturity_level(figures)}"
    yield targets(report)
    yield from origin(report)
    if year.kind == "final" or not report.gaps():
        asked = [topic for topic, said in now.ratings.items() if said != "na"]
        reached = len(asked) - len(report.gaps())
        yield f"Targets reached: {reached} of {len(asked)}."
    equal = number(maturity.equal_weights(now.ratings))
    yield (
        f"If every topic weighed the same, the overall index would be {equal}; it is "
        f"{number(overall.index)}."
    )
    yield (
        f"“Enquête”: no figure on fewer than {story.K_TOTAL} answers (k = {story.K_TOTAL}), and "
        f"breakdowns only from {story.K} answers on (k = {story.K}). Not shown in figures: 0 of "
        f"{len(story.STATEMENTS)} statements."
    )
    yield from claims.sentences(now)
    yield from planned.sentences(now)
    yield from since(report)
    if len(now.raters) > 1:
        yield raters(report)


def _version() -> str:
    """As the source says it, without importing the program."""
    text = (Path(__file__).parents[2] / "src" / "imfsurvey" / "__init__.py").read_text("utf-8")
    found = re.search(r'__version__ = "([^"]+)"', text)
    assert found is not None
    return found[1]


def rate(report: Report) -> str:
    """The response rate."""
    return percent(Fraction(report.now.returned, INVITED))


def maturity_level(figures: maturity.Part) -> str:
    """With its upper bound."""
    if figures.most == figures.level:
        return str(figures.level)
    return f"{figures.level} (at most {figures.most})"


def whole(report: Report) -> str:
    """The first headline."""
    one = report.now.parts["overall"]
    assert one.level is not None
    said = f"The integrity policy as a whole is at level {one.level} of 5: "
    said += f"“{story.LEVEL_NAMES[one.level]}”."
    if one.most != one.level:
        said += f" Open answers leave room up to level {one.most}."
    return said


def themes(report: Report) -> Iterator[str]:
    """The most and the least favourable theme."""
    shares = [(one.favourable, named(theme)) for theme, one in report.now.themes.items()]
    (high, best), (low, worst) = max(shares), min(shares)
    yield (
        f"Staff answers are most favourable on “{best}” ({percent(high)}), least on “{worst}” "
        f"({percent(low)})."
    )


def tile(report: Report, part: str) -> str:
    """One line a pillar."""
    one = report.now.parts[part]
    assert one.level is not None
    said = [f"{named(part)}: {one.level} of 5", story.LEVEL_NAMES[one.level]]
    if one.most != one.level:
        said.append(f"at most {one.most}")
    said.append(f"Index {number(one.index)} of 100")
    if len(report.waves) > 1:
        said.append(f"Zero measurement: level {report.waves[0].parts[part].level}")
    return " – ".join(said)


def targets(report: Report) -> str:
    """Percent to target, and progress."""
    now = report.now
    there = maturity.to_target(now.ratings, now.targets, list(story.TOPICS))
    said = f"On the way to its targets the policy is at {percent(there)}."
    done = report.progress(list(story.TOPICS))
    if done is not None:
        said += (
            f" Of the levels that were missing at the zero measurement, {percent(done)} are "
            "there now."
        )
    return said


def origin(report: Report) -> Iterator[str]:
    """Where the targets come from."""
    total, own = len(story.TOPICS), len(report.now.set_targets)
    if own:
        yield (
            f"{total - own} of {total} targets are the framework's defaults; the entity has set "
            "the others."
        )


def since(report: Report) -> Iterator[str]:
    """What moved, and the basis of the series."""
    now = report.now
    for then in report.past.values():
        moved = report.moved(then)
        lower = sum(after < before for _, before, after in moved)
        yield (
            f"Topics with a higher level than then: {len(moved) - lower}; with a lower one: "
            f"{lower}."
        )
    if len(report.waves) < 2:
        return
    zero, overall = report.waves[0].parts["overall"], now.parts["overall"]
    assert zero.core is not None and overall.core is not None
    indices = f"{number(zero.core)} to {number(overall.core)} ({signed(overall.core - zero.core)})"
    said = f"Since the zero measurement the core index went from {indices}"
    if zero.level == overall.level:
        yield f"{said}; the overall level is still {overall.level}."
    else:
        yield f"{said} and the overall level from {zero.level} to {overall.level}."
    core = len(MODEL.core("overall"))
    yield (
        f"Compared on the core index, over the {core} of {core} core topics that the "
        f"{len(report.waves)} measurements asked with the same items."
    )


def raters(report: Report) -> str:
    """How far the two were apart."""
    said = report.now.raters
    differ = sum(said["mandatary"][one] != said["officer"][one] for one in story.TOPICS)
    return (
        f"They differ on {differ} of {len(story.TOPICS)} topics. They agreed on every topic: the "
        "figures are made from that."
    )


def possible(report: Report) -> Iterator[re.Pattern[str]]:
    """Sentences that are there or not, because a report names no more than some; `.*` of them
    holds no number."""
    now = report.now
    patterns = [pillars(report), weak(report), *gate(report)]
    patterns += [
        f"{named(part)}: held at level {one.level} by [^0-9]*"
        for part, one in now.parts.items()
        if part != "overall"
    ]
    patterns.append(f"What holds it at level {now.parts['overall'].level}: [^0-9]*")
    if len(report.waves) > 1:
        first, last = (f"{one.year.kind} {one.year.year}" for one in (report.waves[0], now))
        patterns += [f"Core index, {first} to {last}", re.escape(INDICES)]
    for topic, said in now.ratings.items():
        patterns.append(re.escape(f"{named(topic)} (level {said})"))
    rated = {said for said in now.ratings.values() if isinstance(said, int)}
    aims = {max(level + 1, 2) for level in rated}
    patterns += [
        f"Topics to bring to level {one}: {story.LEVEL_NAMES[one]}" for one in aims if one <= 5
    ]
    patterns.append(f"To bring to level {min(aims)} first: [^0-9]*")
    return (re.compile(one) for one in patterns)


def pillars(report: Report) -> str:
    """The strongest and the weakest."""
    ranked = sorted(
        (one.level or 0, one.index or Fraction(), part)
        for part, one in report.now.parts.items()
        if part in story.NODES
    )
    (low, low_index, worst), (high, high_index, best) = ranked[0], ranked[-1]
    if low == high and high_index - low_index < 5:
        return (
            f"The pillars are all at level {low}, with indices from {number(low_index)} to "
            f"{number(high_index)}\\."
        )
    return re.escape(
        f"Strongest pillar: “{named(best)}” (level {high}, index {number(high_index)}); weakest: "
        f"“{named(worst)}” (level {low}, index {number(low_index)})."
    )


def weak(report: Report) -> str:
    """Core topics under level 2."""
    said = [report.now.ratings[topic] for topic in MODEL.core("overall")]
    rated = [one for one in said if isinstance(one, int)]
    below = sum(one < 2 for one in rated)
    return re.escape(
        f"{below} of the {len(rated)} core topics rated are below level {level_named(2)}."
    )


def gate(report: Report) -> Iterator[str]:
    """What an approved policy would change; nothing once there is one."""
    if report.now.approved:
        return
    free = maturity.level(MODEL, report.now.ratings, "overall", 0, True)
    if free is not None and free > 1:
        yield "Without an approved written policy the overall level stays at 1\\."
        yield (
            "The framework's condition holds the overall level back: without an approved written "
            f"policy it stays at {re.escape(level_named(1))}\\."
        )
    else:
        yield "Without an approved written policy the overall level cannot pass 1\\."
        condition = "\\(no overall level above 1 without one\\)"
        yield f"The framework's condition {condition} makes no [^0-9]*"
