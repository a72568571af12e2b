"""A survey that few answered is unsealed as well: figures of everybody, none of a group."""

from __future__ import annotations

from pathlib import Path

import pytest
from collected import answer, make_study
from keyholders import close_and_unseal
from zone import CLOSED

from imfsurvey.study.life import results


@pytest.mark.parametrize("people", [5, 9])
def test_fewer_than_a_group_needs(tmp_path: Path, people: int) -> None:
    """Five to nine people: ten are needed for a group, five for everybody."""
    study, wave = make_study(tmp_path / "zone", "anonymous.yaml")
    answer(wave, people)
    close_and_unseal(study, wave, CLOSED)
    figures = results(study, study.wave(wave.id), CLOSED).figures
    (survey,) = figures.perception
    assert any(one.hidden is None for one in survey.items)
    groups = [group for one in figures.breakdowns for group in one.groups]
    assert groups and all(share.hidden for group in groups for share in group.items)
