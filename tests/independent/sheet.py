"""What the terminal prints of a measurement, in pieces: each with its numbers, in their order."""

from __future__ import annotations

from collections.abc import Iterator

from e2e import three_years_story as story

from independent import change, groups, maturity, staff
from independent.printing import between, number, p_value, percent, shares, signed, signs
from independent.sentences import day, maturity_level, rate
from independent.stafftables import WORDS, inverse, named, read_as
from independent.tables import Report
from independent.zone import INVITED, MODEL, SURVEY, Measurement, themes_moved

Piece = str | frozenset[str]
MOST_WAVES, MOST_GAPS = 3, 8


def left_over(text: str, pieces: Iterator[Piece]) -> str:
    """The text without the pieces; AssertionError when one is not there, or not in its place."""
    flow, kept, place = " ".join(text.split()), [], 0
    for piece in pieces:
        choices = {piece} if isinstance(piece, str) else piece
        found = [(at, one) for one in choices if (at := flow.find(one, place)) >= 0]
        assert found, (piece, flow[place : place + 200])
        at, one = min(found, key=lambda pair: (pair[0], -len(pair[1])))
        kept.append(flow[place:at])
        place = at + len(one)
    return " ".join([*kept, flow[place:]])


def bar(level: int) -> str:
    """A level as steps and as a number."""
    return f"{'█' * level}{'░' * (5 - level)} {level}"


# --- the sheet -----------------------------------------------------------------------------------


def results(report: Report) -> Iterator[Piece]:
    """`imfsurvey results WAVE`."""
    now, year = report.now, report.now.year
    yield story.ENTITY
    yield f"{year.kind.capitalize()} measurement {year.year}, closed on {day(year.closed)}"
    if now.approved:
        yield f"Integrity policy approved on {day(story.APPROVED)}"
    for part in MODEL.parts():
        one = now.parts[part]
        assert one.level is not None
        steps = bar(one.level)[:-1] + maturity_level(one)
        yield f"{named(part)} {steps} {number(one.index)} {percent(one.coverage)}"
    yield from topics(now)
    found = maturity.balance(MODEL, now.ratings)
    yield f"Controlling: index {number(found.controlling)}"
    yield f"Stimulating: index {number(found.stimulating)}"
    yield f"Balance {signed(found.balance, 2)}: the band goes from -0.20 to +0.20."
    yield f"{now.returned} of {INVITED} people answered ({rate(report)})."
    for theme in story.THEMES:
        yield from of_theme(report, theme)


def topics(now: Measurement) -> Iterator[Piece]:
    """The matrix, part by part."""
    for part in MODEL.parts()[1:]:
        for topic, (under, layer, _) in story.TOPICS.items():
            if under != part or now.ratings[topic] == "na":
                continue
            said, target = now.ratings[topic], now.targets[topic]
            label = named(topic) + (" (complementary)" if layer == "complementary" else "")
            if maturity.missing(now.ratings, now.targets, [topic]):
                label += f" (target: {target})"
            yield f"{bar(said)} {label}" if isinstance(said, int) else f"– {label}: don't know"


def of_theme(report: Report, theme: str) -> Iterator[Piece]:
    """A theme, its change since the wave before, and its statements."""
    one = report.now.themes[theme]
    yield f"{named(theme)}: {percent(one.favourable)} favourable"
    if len(report.waves) > 1:
        yield since(report.waves[-2], report.now, theme)
    if one.scores is not None and one.index_interval is not None:
        inside = between(*one.index_interval)
        yield f"index {number(one.index)} ({inside}; {len(one.scores)} people)"
    word = next(word for above, word in WORDS if one.agreement > above)
    lenient = number(one.lenient, 2)
    yield f"agreement {number(one.agreement, 2)} ({word}); {lenient} if people are lenient"
    if one.reliability is not None:
        yield reliable(one.reliability)
    for item in SURVEY.of(theme):
        figures = report.now.items[item]
        yield (
            f"- {inverse(item)} {percent(figures.share(0))} favourable "
            f"({shares(*figures.favourable_interval)}); mean {number(figures.mean, 1)} "
            f"({between(*figures.mean_interval, 1)}; SD {number(figures.sd, 1)}); "
            f"n = {figures.n}; don't know {percent(figures.dont_know)}"
        )


def since(then: Measurement, now: Measurement, theme: str) -> str:
    """Beside the wave before."""
    before, after = then.themes[theme].favourable, now.themes[theme].favourable
    said = f"since the wave before: {signed(100 * (after - before))} points favourable; "
    tested: change.Moved | None = themes_moved(then, now).get(theme)
    if tested is None:
        return said + "not tested"
    inside, p = signs(*tested.interval), p_value(tested.p)
    return f"{said}index {signed(tested.points)} ({inside}), p {p}: {tested.word}"


def reliable(found: staff.Reliability) -> str:
    """Alpha and omega, or Spearman-Brown."""
    assert found.interval is not None
    inside = between(*found.interval, 2)
    if found.alpha is None:
        said = f"Spearman-Brown {number(found.both, 2)} ({inside})"
    else:
        said = f"alpha {number(found.alpha, 2)} ({inside}); omega {number(found.omega, 2)}"
    return f"{said}; n = {found.n}; {read_as(found)}"


# --- the series and the groups -------------------------------------------------------------------


def trend(report: Report) -> Iterator[Piece]:
    """`imfsurvey results WAVE --trend`."""
    now, everything = report.now, list(story.TOPICS)
    there = maturity.to_target(now.ratings, now.targets, everything)
    yield f"Percent to target: {percent(there)}"
    asked = sum(said != "na" for said in now.ratings.values())
    gaps = sorted(report.gaps(), key=lambda one: -one[1])
    yield f"Targets reached: {asked - len(gaps)} of {asked}."
    in_order = [one for topic in everything for one in gaps if one[0] == topic]
    for topic, missing in sorted(in_order, key=lambda one: -one[1])[:MOST_GAPS]:
        target = now.targets[topic]
        yield f"{target - missing} → {target} {named(topic)}"
    if len(report.waves) < 2:
        return
    yield f"Of what was missing at first, {percent(report.progress(everything))} is there now."
    yield "Level and core index (0 to 100), measurement by measurement"
    waves = [report.waves[0], *report.waves[1:][-(MOST_WAVES - 1) :]]
    yield " ".join(wave.year.wave for wave in waves)
    for part in MODEL.parts():
        figures = [wave.parts[part] for wave in waves]
        yield " ".join([named(part), *(f"{one.level} ({number(one.core)})" for one in figures)])
    if len(report.waves) > MOST_WAVES:
        between_ = len(report.waves) - MOST_WAVES
        yield f"{between_} measurement in between has no room here: the report shows them all."


def by_group(report: Report) -> Iterator[Piece]:
    """`imfsurvey results WAVE --by unit`."""
    now = report.now
    for group in story.GROUPS:
        said = groups.responses(now, group)
        yield frozenset(f"{group}: {one}" for one in said)
    for theme in story.THEMES:
        yield named(theme)
        for group in story.GROUPS:
            cells = groups.of_theme(now, group, theme)
            yield frozenset(f"{group}: {one}" for one in cells)
    for item in story.STATEMENTS:
        yield inverse(item)
        for group in story.GROUPS:
            cells = groups.of_statement(now, group, item)
            yield frozenset(f"{group}: {one}" for one in cells)
    yield "Exact from 30 answers on"
    yield "rounded to 5 points; under 15 answers"
    valid = (
        groups.counted(now, group, item)[0] for group in story.GROUPS for item in story.STATEMENTS
    )
    if min(valid) < story.K:
        yield f"hidden (a): fewer than {story.K} answers"
