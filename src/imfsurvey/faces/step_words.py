"""The next steps of the cycle in words, each with the command that does it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import Translator
from imfsurvey.study.dashboard import Step


def step_lines(steps: Sequence[Step], t: Translator) -> Iterator[str]:
    """The most pressing step, then the one after it."""
    for step in steps[:1]:
        yield t("Next step: {step}", step=step_words(step, t))
    for step in steps[1:2]:
        yield t("Then: {step}", step=step_words(step, t))


def step_words(step: Step, t: Translator) -> str:
    """What is to be done."""
    counted = _counted(step, t)
    if counted is not None:
        return counted
    day = formats.date(step.day, t.language) if step.day else ""
    words = {
        "keys": t("make the key that opens what staff answer: imfsurvey keys new officer"),
        "zero": t("prepare the zero measurement with: imfsurvey wave new --kind zero"),
        "open": t("open the wave with: imfsurvey wave open {wave}", wave=step.wave),
        "answer": t("answer the self-assessment: imfsurvey answer {wave}", wave=step.wave),
        "close": t(
            "when all have answered, close the wave: imfsurvey wave close {wave}", wave=step.wave
        ),
        "unseal": t(
            "a key holder unseals what the staff answered: imfsurvey wave unseal {wave}",
            wave=step.wave,
        ),
        "report": t("write and read the report: imfsurvey report {wave}", wave=step.wave),
        "propose": t(
            "let the wave propose actions: imfsurvey actions propose {wave}", wave=step.wave
        ),
        "policy": t(
            "have the policy approved, until then the level stays low: imfsurvey policy status"
        ),
        "measure": t("measure again by {date}: imfsurvey wave new --kind annual", date=day),
        "late": t(
            "the next measurement was due on {date}: imfsurvey wave new --kind annual", date=day
        ),
        "handover": t(
            "hand over to the next mandate what the final report names: imfsurvey report {wave}",
            wave=step.wave,
        ),
    }
    return words[step.kind]


def _counted(step: Step, t: Translator) -> str | None:
    """Steps that say how many."""
    if step.kind == "finish":
        return t.plural(
            "finish {n} questionnaire that was begun: imfsurvey answer {wave}",
            "finish {n} questionnaires that were begun: imfsurvey answer {wave}",
            step.count,
            wave=step.wave,
        )
    if step.kind == "decide":
        return t.plural(
            "decide on {n} proposed action: imfsurvey actions",
            "decide on {n} proposed actions: imfsurvey actions",
            step.count,
        )
    if step.kind == "overdue":
        return t.plural(
            "{n} action is overdue: imfsurvey actions",
            "{n} actions are overdue: imfsurvey actions",
            step.count,
        )
    return None
