"""The free texts of a closed wave, for key holders to read: only from enough people, never in an
order that says anything, never beside an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from imfsurvey.analysis.microdata import Microdata
from imfsurvey.i18n.errors import InputError
from imfsurvey.interview.comments import Comment, decode_comment
from imfsurvey.questionnaire import OTHER, Questionnaire, detached_fields
from imfsurvey.store.batches import Batches
from imfsurvey.study.boxes import comments_box
from imfsurvey.study.scoring import surveys
from imfsurvey.study.unsealing import microdata_of, opened_records, require_unsealed
from imfsurvey.study.wave import Wave


@dataclass(frozen=True)
class Texts:
    """What people wrote into one free field."""

    questionnaire: str
    item: str
    field: str
    texts: tuple[str, ...] | None
    """Sorted by their letters; None: too few people for any of them to be shown."""


def read_comments(wave: Wave, secrets: Sequence[str]) -> list[Texts]:
    """Every free field of the surveys of a closed wave whose figures were computed before.

    The texts of a survey are told when `k_comments` people answered it; the words of "other" when
    as many chose it. Raises `RefusedError` when the wave was not unsealed yet or keys are
    missing, `StorageError` when a box cannot be read.
    """
    require_unsealed(wave)
    batches = Batches(secrets, wave.seal.opening, wave.seal.public_keys)
    return [found for survey in surveys(wave) for found in _of_survey(wave, survey, batches)]


def _of_survey(wave: Wave, survey: Questionnaire, batches: Batches) -> Iterator[Texts]:
    box = comments_box(wave, survey)
    if box is None:
        return
    answered = microdata_of(wave, survey, batches)
    k = survey.privacy.k_comments
    enough = answered.responses >= k
    records = opened_records(box, batches) if enough else iter(())
    comments = [found for record in records if (found := _comment(record, survey)) is not None]
    for item, field in detached_fields(survey):
        shown = enough and (field != "other" or _chose_other(item, answered) >= k)
        texts = (one.text for one in comments if (one.item, one.field) == (item, field))
        yield Texts(survey.id, item, field, tuple(sorted(texts)) if shown else None)


def _comment(record: bytes | None, survey: Questionnaire) -> Comment | None:
    if record is None:
        return None
    try:
        return decode_comment(record, survey)
    except InputError:
        return None


def _chose_other(item: str, answered: Microdata) -> int:
    """How many chose "other" in an item, ticked or ranked it."""
    if item in answered.codes:
        return answered.counts(item)[answered.codes[item].index(OTHER)]
    return sum(answered.counts(f"{item}.{OTHER}")[1:])
