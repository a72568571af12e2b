"""Several raters of one self-assessment: apart, side by side, agreed."""

from __future__ import annotations

import json

import pytest
from zone import CLOSED, OPENED, QUESTIONNAIRES, rate

from imfsurvey.analysis.figures import Rating
from imfsurvey.i18n.errors import InputError, RefusedError
from imfsurvey.study.agreeing import Agreement, Agreements, agreeing
from imfsurvey.study.folder import Study
from imfsurvey.study.kinds import Rater
from imfsurvey.study.lasttime import last_time
from imfsurvey.study.life import close_wave, open_wave, results
from imfsurvey.study.raters import require_own_first, require_seen, side_by_side
from imfsurvey.study.results import WaveFigures
from imfsurvey.study.scoring import evidenced, score
from imfsurvey.study.wave import Wave

MANDATARY = {"sa_code": 3, "sa_rules": 2, "sa_training": 1, "sa_cycle": 2}
OFFICER = {"sa_code": 2, "sa_rules": 2, "sa_training": "dk", "sa_cycle": 2}
EXTERNAL = {"sa_code": 1, "sa_rules": 1, "sa_training": 1, "sa_cycle": 1}


def three(wave: Wave) -> None:
    """The mandatary, the officer and the inspectorate have finished."""
    rate(wave, MANDATARY)
    rate(wave, OFFICER, rater="officer", evidence="Registre")
    rate(wave, EXTERNAL, rater="external")


def figures_of(study: Study, wave: Wave) -> WaveFigures:
    """All of them, whoever may see what."""
    return score(wave, study.file, CLOSED)


def agree(study: Study, wave: Wave, *wanted: Agreement) -> None:
    """What those who have finished agree on."""
    sides = figures_of(study, wave).sides
    Agreements(wave).agree(wanted, sides, evidenced(wave), CLOSED)


def test_each_rater_is_kept_apart(study: Study, wave: Wave) -> None:
    """With the levels that their ratings give alone.

    The mandatary: determine 3 and 2, more than half at 2, all at 1: level 2 (3 needs more than
    half at 3). Guide 1, processes 2. Instruments 2, 1: one of two at 2 is not most: level 1.
    Overall 1, 2: the same: level 1, which is what the gate leaves too.
    """
    three(wave)
    sides = figures_of(study, wave).sides
    assert [side.rater for side in sides] == ["mandatary", "officer", "external"]
    assert all(side.finished for side in sides)
    assert sides[1].ratings == {"code": 2, "rules": 2, "training": "dk", "cycle": 2}
    levels = {"determine": 2, "guide": 1, "instruments": 1, "processes": 2, "overall": 1}
    assert sides[0].levels == levels


def test_those_that_differ_most_come_first(study: Study, wave: Wave) -> None:
    """3 and 2 on the code are one level apart; 1 and don't know differ without a distance; the
    external rating makes no difference."""
    three(wave)
    rows = side_by_side(figures_of(study, wave), wave.framework)
    shown = [(row.topic.id, row.differs, row.spread) for row in rows]
    assert shown == [
        ("code", True, 1),
        ("training", True, 0),
        ("rules", False, 0),
        ("cycle", False, 0),
    ]
    assert [row.alike for row in rows] == [None, None, 2, 2]


def test_one_rater_and_silence_say_nothing_alike(study: Study, wave: Wave) -> None:
    """What could be agreed on without a word takes two, and something that they said."""

    def alike() -> dict[str, object]:
        rows = side_by_side(figures_of(study, wave), wave.framework)
        return {row.topic.id: row.alike for row in rows}

    rate(wave, {"sa_code": 3}, finished=False)
    assert set(alike().values()) == {None}
    rate(wave, {"sa_code": 3}, rater="officer", finished=False)
    assert alike() == {"code": 3, "rules": None, "training": None, "cycle": None}


def test_nobody_sees_another_before_finishing(study: Study, wave: Wave) -> None:
    """In an open wave; who is no rater waits for all; what is not finished is never shown. Figures
    made from one's own ratings are no secret."""
    rate(wave, MANDATARY, finished=False)
    require_own_first(results(study, wave, CLOSED, "mandatary").figures, "mandatary")
    rate(wave, MANDATARY)
    rate(wave, {"sa_code": 5}, rater="officer", finished=False)

    def seen(viewer: Rater | None) -> list[str]:
        figures = results(study, wave, CLOSED, viewer).figures
        return [side.rater for side in figures.sides]

    assert seen("mandatary") == ["mandatary"]
    assert seen("officer") == seen("external") == seen(None) == []
    viewers: tuple[Rater | None, ...] = ("officer", None)
    for viewer in viewers:
        found = results(study, wave, CLOSED, viewer).figures
        with pytest.raises(RefusedError, match="IMF-T450"):
            require_seen(found)
    with pytest.raises(RefusedError, match="IMF-T450"):
        require_own_first(results(study, wave, CLOSED, "officer").figures, "officer")
    rate(wave, OFFICER, rater="officer")
    assert seen("officer") == seen(None) == ["mandatary", "officer"]
    close_wave(study, wave, CLOSED)
    wave = wave.like()
    assert seen("external") == ["mandatary", "officer"]


def test_nobody_sees_an_agreement_before_finishing(study: Study, wave: Wave) -> None:
    """Two have agreed; a third one who has begun sees nothing of it, nor does who is no rater as
    long as that one has not finished."""
    three(wave)
    agree(study, wave, Agreement("rules", 2))
    rate(wave, {"sa_code": 5}, rater="other", finished=False)

    def seen(viewer: Rater | None) -> list[str]:
        return [one.topic for one in results(study, wave, CLOSED, viewer).figures.agreed]

    assert seen("officer") == ["rules"]
    assert seen("other") == seen(None) == []
    rate(wave, OFFICER, rater="other")
    assert seen("other") == seen(None) == ["rules"]


def test_a_part_of_a_self_assessment_is_not_finished(study: Study) -> None:
    """Of two parts the officer has finished one: not yet finished, so that nothing is seen."""
    folder = study.folder / "questionnaires"
    text = (folder / "assessment.yaml").read_text("utf-8")
    (folder / "more.yaml").write_text(text.replace("sample.assessment", "sample.more"), "utf-8")
    draft = study.new_wave("zero", 2026, questionnaires=["assessment.yaml", "more.yaml"])
    wave = open_wave(study, draft, OPENED)
    rate(wave, OFFICER, rater="officer")
    (side,) = figures_of(study, wave).sides
    assert not side.finished
    assert results(study, wave, CLOSED, "officer").figures.sides == ()


def test_evidence_is_that_of_the_entity(study: Study, wave: Wave) -> None:
    """What the inspectorate notes as evidence is none that the entity has named."""
    rate(wave, {"sa_code": 3, "sa_rules": 3}, rater="external")
    assert evidenced(wave) == frozenset()
    rate(wave, {"sa_code": 3, "sa_rules": "na"}, rater="officer")
    assert evidenced(wave) == {"code"}


def test_an_agreement_on_every_topic_gives_the_figures(study: Study, wave: Wave) -> None:
    """Before the last one, the mandatary's ratings do; the individual ones stay as they were."""
    three(wave)
    before = figures_of(study, wave).sides
    agree(study, wave, Agreement("rules", 2), Agreement("cycle", 2), Agreement("code", 2))
    partly = figures_of(study, wave)
    assert partly.rater == "mandatary"
    assert partly.maturity is not None
    assert partly.maturity.ratings["code"].level == 3
    agree(study, wave, Agreement("training", 0, "Liste vue ensemble"))
    whole = figures_of(study, wave)
    assert whole.rater == "agreed"
    assert whole.maturity is not None
    levels = {topic: one.level for topic, one in whole.maturity.ratings.items()}
    assert levels == {"code": 2, "rules": 2, "training": 0, "cycle": 2}
    assert whole.maturity.ratings["code"].evidence == "Registre"  # the officer's, who had said 2
    assert whole.sides == before
    assert whole.agreed[2].note == "Liste vue ensemble"
    assert whole.agreed[2].by == ("mandatary", "officer")
    assert whole.agreed[2].said == {"mandatary": 1, "officer": "dk"}
    kept = close_wave(study, wave, CLOSED).figures
    assert (kept.rater, kept.agreed, kept.sides) == ("agreed", whole.agreed, before)
    assert results(study, study.wave(wave.id), CLOSED).figures == kept


def test_the_external_rating_is_in_no_figure(study: Study, wave: Wave) -> None:
    """Not even when nobody else has given one."""
    rate(wave, EXTERNAL, rater="external")
    alone = figures_of(study, wave)
    assert (alone.rater, alone.maturity, alone.raters) == (None, None, ("external",))
    assert agreeing(alone.sides) == ()
    assert alone.sides[0].levels["overall"] == 1


def test_a_change_after_the_agreement_is_told(study: Study, wave: Wave) -> None:
    """The agreement stays, marked; so does one that is taken back stay in the file."""
    three(wave)
    agree(study, wave, Agreement("rules", 2), Agreement("code", 3))
    rate(wave, {**MANDATARY, "sa_code": 4})
    rows = {row.topic.id: row for row in side_by_side(figures_of(study, wave), wave.framework)}
    assert (rows["code"].changed_since, rows["rules"].changed_since) == (True, False)
    agreements = Agreements(wave)
    agreements.put_back([("code", None)])
    assert list(agreements.current()) == ["rules"]
    agreements.put_back([("code", rows["code"].agreed)])
    assert agreements.current()["code"] == rows["code"].agreed
    stored = json.loads((wave.folder / "assessment.json").read_text("utf-8"))
    assert len(stored["agreed"]) == 4


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (Agreement("nothing", 2), "IMF-T455"),
        (Agreement("code", 6), "IMF-T456"),
        (Agreement("code", -1), "IMF-T456"),
        (Agreement("code", "na"), "IMF-T453"),
        (Agreement("code", "blank"), "IMF-T458"),
    ],
)
def test_what_cannot_be_agreed_on(study: Study, wave: Wave, wanted: Agreement, code: str) -> None:
    """A topic that was not asked, a level off the scale, no reason, nothing."""
    three(wave)
    with pytest.raises(InputError, match=code):
        agree(study, wave, wanted)
    assert Agreements(wave).current() == {}


def test_an_agreement_needs_evidence_where_nobody_named_any(study: Study, wave: Wave) -> None:
    """From level 3 on; a note will do."""
    three(wave)
    sides = figures_of(study, wave).sides
    with pytest.raises(InputError, match="IMF-T454"):
        Agreements(wave).agree([Agreement("rules", 3)], sides, frozenset(), CLOSED)
    Agreements(wave).agree([Agreement("rules", 3, "Recueil")], sides, frozenset(), CLOSED)
    assert Agreements(wave).current()["rules"].note == "Recueil"


def test_a_reason_that_one_of_them_gave_is_enough(study: Study, wave: Wave) -> None:
    """Not applicable to the officer, who said why: that reason goes with the agreement."""
    rate(wave, MANDATARY)
    rate(wave, {**OFFICER, "sa_rules": "na"}, rater="officer")
    topics = (("code", 3), ("rules", "na"), ("training", 1), ("cycle", 2))
    agree(study, wave, *(Agreement(topic, said) for topic, said in topics))  # type: ignore[arg-type]
    figures = figures_of(study, wave)
    assert figures.rater == "agreed" and figures.maturity is not None
    assert figures.maturity.ratings["rules"] == Rating("na", reason="Sans objet")


def test_one_rater_agrees_with_nobody(study: Study, wave: Wave) -> None:
    """Nor with the external one, nor with somebody who has not finished; nor after closing."""
    rate(wave, MANDATARY)
    rate(wave, EXTERNAL, rater="external")
    rate(wave, OFFICER, rater="officer", finished=False)
    with pytest.raises(RefusedError, match="IMF-T451"):
        agree(study, wave, Agreement("rules", 2))
    rate(wave, OFFICER, rater="officer")
    sides = figures_of(study, wave).sides
    close_wave(study, wave, CLOSED)
    closed = study.wave(wave.id)
    with pytest.raises(RefusedError, match="IMF-T101"):
        Agreements(closed).agree([Agreement("rules", 2)], sides, frozenset(), CLOSED)
    with pytest.raises(RefusedError, match="IMF-T101"):
        Agreements(closed).put_back([("rules", None)])


def test_a_zero_measurement_reminds_nobody_and_later_ones_do(study: Study, wave: Wave) -> None:
    """Of their own ratings, else of those that counted; the external rater only of their own."""
    rate(wave, MANDATARY)
    rate(wave, OFFICER, rater="officer")
    assert last_time(wave, "mandatary") is None
    close_wave(study, wave, CLOSED)
    draft = study.new_wave("annual", 2027, questionnaires=QUESTIONNAIRES)
    later = open_wave(study, draft, OPENED.replace(year=2027))
    reminded = {rater: last_time(later, rater) for rater in ("officer", "other", "external")}
    assert reminded["officer"] is not None
    assert reminded["officer"].ratings["code"] == 2
    assert reminded["other"] is not None
    assert reminded["other"].ratings == {"code": 3, "rules": 2, "training": 1, "cycle": 2}
    assert reminded["external"] is None


def test_a_question_in_another_way_reminds_of_nothing(study: Study, wave: Wave) -> None:
    """The rating of another item says nothing about this one."""
    rate(wave, MANDATARY)
    close_wave(study, wave, CLOSED)
    file = study.folder / "questionnaires" / "assessment.yaml"
    text = file.read_text("utf-8").replace("sa_code", "sa_other").replace('"1"', '"2"')
    file.write_text(text, "utf-8")
    draft = study.new_wave("annual", 2027, questionnaires=QUESTIONNAIRES)
    later = open_wave(study, draft, OPENED.replace(year=2027))
    reminded = last_time(later, "mandatary")
    assert reminded is not None
    assert reminded.ratings == {"rules": 2, "training": 1, "cycle": 2}
