"""Waves that collect on a PostgreSQL server, and moving between stores."""

import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from keyholders import SECRETS, close_and_unseal, records_in
from postgres import Cluster
from zone import CLOSED, OPENED, QUESTIONNAIRES, respond

from imfsurvey.i18n.errors import InputError, RefusedError, StorageError
from imfsurvey.source.problems import ProblemsFoundError
from imfsurvey.study.boxes import (
    answers_box,
    box_folder,
    close_stores,
    count_responses,
    expect_another,
    response_store,
)
from imfsurvey.study.closing import closing_record, differences
from imfsurvey.study.folder import Study
from imfsurvey.study.life import close_wave, open_wave
from imfsurvey.study.moving import move
from imfsurvey.study.purging import purge
from imfsurvey.study.unsealing import unseal_wave
from imfsurvey.study.wave import Wave

LATER = CLOSED.replace(year=2030)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A running server."""
    server = Cluster()
    server.start()
    yield server
    server.remove()


@pytest.fixture
def address(cluster: Cluster) -> str:
    """The address of its database, without tables."""
    cluster.sql("DROP SCHEMA IF EXISTS imfsurvey CASCADE")
    return cluster.address("postgres", "postgres")


@pytest.fixture
def remote(study: Study, address: str) -> Iterator[Wave]:
    """An open wave that keeps its responses there."""
    draft = study.new_wave("zero", 2026, questionnaires=QUESTIONNAIRES, store=address)
    wave = open_wave(study, draft, OPENED)
    yield wave
    close_stores(wave)


def stored(cluster: Cluster) -> int:
    """Rows on the server."""
    ((count,),) = cluster.sql("SELECT count(*) FROM imfsurvey.response")
    return int(str(count))


def test_from_opening_to_figures(study: Study, remote: Wave, cluster: Cluster) -> None:
    """The server holds sealed records only; the figures are those of boxes."""
    respond(remote, 12, category="ops", clear=4, unclear=3)
    assert stored(cluster) == 12
    assert not list(remote.folder.rglob("seg-*"))
    close_wave(study, remote, CLOSED)
    closed = study.wave(remote.id)
    assert differences(closed) == []
    figures = unseal_wave(closed, [SECRETS["dpo"]]).figures
    assert (figures.collected[0].counted, figures.collected[0].as_closed) == (12, True)
    assert cluster.sql("SELECT count(DISTINCT xmin::text) FROM imfsurvey.response") == [(1,)]
    close_stores(closed)


PAPER = Path(__file__).parents[2] / "docs" / "howto-postgresql.md"


def test_the_accounts_of_the_paper(
    study: Study, address: str, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the rights that the paper grants, word for word, and one address for all computers,
    one account collects and can read nothing, and another closes the wave."""
    store = address.replace("postgres@", "")
    monkeypatch.setenv("PGUSER", "postgres")
    draft = study.new_wave("zero", 2026, questionnaires=QUESTIONNAIRES, store=store)
    close_stores(open_wave(study, draft, OPENED))
    grants = re.findall(r"^GRANT .*imfsurvey.*;$", PAPER.read_text("utf-8"), re.MULTILINE)
    assert len(grants) == 4
    cluster.sql("CREATE ROLE collecting LOGIN", "CREATE ROLE reading LOGIN", *grants)
    monkeypatch.setenv("PGUSER", "collecting")
    wave = study.wave(draft.id)
    survey = wave.questionnaire("survey")
    expect_another(wave, survey)
    respond(wave, 6, clear=4)
    assert count_responses(wave, survey) == 6
    with response_store(answers_box(wave, survey)) as rows:
        for refused in (lambda: list(rows.payloads()), rows.equalise, rows.destroy):
            with pytest.raises(StorageError, match="IMF-S124"):
                refused()
    close_stores(wave)
    monkeypatch.setenv("PGUSER", "reading")
    wave = study.wave(draft.id)
    close_wave(study, wave, CLOSED)
    closed = study.wave(draft.id)
    assert differences(closed) == [] and stored(cluster) == 6
    close_stores(wave)
    close_stores(closed)
    cluster.sql("DROP OWNED BY collecting, reading", "DROP ROLE collecting, reading")


def test_a_row_that_is_gone_is_noticed(study: Study, remote: Wave, cluster: Cluster) -> None:
    """The closing record covers what an administrator of the server does."""
    respond(remote, 8, clear=4)
    close_wave(study, remote, CLOSED)
    cluster.sql(
        "DELETE FROM imfsurvey.response WHERE id = (SELECT min(id::text)::uuid FROM "
        "imfsurvey.response)"
    )
    closed = study.wave(remote.id)
    (problem,) = differences(closed)
    assert (problem.params["then"], problem.params["now"]) == (8, 7)
    close_stores(closed)


def test_there_and_back_again(study: Study, wave: Wave, address: str, cluster: Cluster) -> None:
    """Every record arrives, the old place is emptied, and answering goes on."""
    respond(wave, 9, category="ops", clear=4, unclear=2)
    before = sorted(records_in(answers_box(wave, wave.questionnaire("survey"))))
    assert move(study.wave(wave.id), address) == 9
    there = study.wave(wave.id)
    assert there.file.store == address
    assert not list(wave.folder.rglob("seg-*"))
    respond(there, 1, clear=2)
    close_stores(there)
    assert stored(cluster) == 10
    assert move(study.wave(wave.id), "") == 10
    here = study.wave(wave.id)
    assert stored(cluster) == 0
    assert set(before) <= set(records_in(answers_box(here, here.questionnaire("survey"))))
    assert close_and_unseal(study, here, CLOSED).figures.collected[0].counted == 10


def test_a_closed_wave_moves_with_its_record(study: Study, wave: Wave, address: str) -> None:
    """The set hash is that of the records, wherever they lie."""
    respond(wave, 6, clear=4)
    close_wave(study, wave, CLOSED)
    move(study.wave(wave.id), address)
    closed = study.wave(wave.id)
    assert differences(closed) == []
    close_stores(closed)


def test_who_read_the_wave_before_it_moved(
    study: Study, wave: Wave, address: str, cluster: Cluster
) -> None:
    """Pages that run, and whoever closes at last, follow the responses to where they lie now."""
    respond(wave, 5, clear=4)
    closing = study.wave(wave.id)  # asked whether to close, and answers only later
    assert move(study.wave(wave.id), address) == 5
    expect_another(wave, wave.questionnaire("survey"))
    respond(wave, 3, clear=2)
    assert stored(cluster) == 8
    assert not list(wave.folder.rglob("seg-*"))
    close_wave(study, closing, CLOSED)
    closed = study.wave(wave.id)
    record = closing_record(closed)
    assert record is not None
    assert (closed.file.store, record.boxes[0].records) == (address, 8)
    for one in (wave, closing, closed):
        close_stores(one)


def test_two_moves_at_once(study: Study, wave: Wave, address: str, cluster: Cluster) -> None:
    """The second one finds that the first has moved them already; nothing is left behind."""
    respond(wave, 5, clear=4)
    late = study.wave(wave.id)
    assert move(study.wave(wave.id), address) == 5
    with pytest.raises(RefusedError, match="IMF-T187"):
        move(late, address)
    assert stored(cluster) == 5
    with pytest.raises(RefusedError, match="IMF-T187"):
        move(study.wave(wave.id), address)


def test_a_move_that_was_cut_short_is_done_again(study: Study, wave: Wave, address: str) -> None:
    """Copied, but killed before the wave pointed there: repeated, nothing is there twice."""
    respond(wave, 5, clear=4)
    folder = box_folder(answers_box(wave, wave.questionnaire("survey")))
    kept = {path.name: path.read_bytes() for path in folder.iterdir()}
    text = (wave.folder / "wave.yaml").read_bytes()
    move(study.wave(wave.id), address)
    for name, content in kept.items():  # as it was before the end of the first try
        (folder / name).write_bytes(content)
    (wave.folder / "wave.yaml").write_bytes(text)
    assert move(study.wave(wave.id), address) == 5
    again = study.wave(wave.id)
    assert count_responses(again, again.questionnaire("survey")) == 5
    close_stores(again)


@pytest.mark.parametrize("how", ["moved again", "purged"])
def test_what_a_killed_move_left_behind_goes(
    study: Study, wave: Wave, address: str, how: str
) -> None:
    """Killed after the wave pointed to the server, before the boxes here were emptied: they do not
    outlive the responses, and nothing is moved twice."""
    respond(wave, 5, clear=4)
    folder = box_folder(answers_box(wave, wave.questionnaire("survey")))
    kept = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert move(study.wave(wave.id), address) == 5
    for name, content in kept.items():
        (folder / name).write_bytes(content)
    path = wave.folder / "wave.yaml"
    assert "emptying" not in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8") + "emptying: ''\n", "utf-8")
    if how == "moved again":
        assert move(study.wave(wave.id), address) == 5
        there = study.wave(wave.id)
        assert count_responses(there, there.questionnaire("survey")) == 5
    else:
        open_one = study.wave(wave.id)
        close_wave(study, open_one, CLOSED)
        close_stores(open_one)
        there = study.wave(wave.id)
        purge(there, LATER, by="R", reference="x")
    assert not list(wave.folder.rglob("seg-*"))
    assert study.wave(wave.id).file.emptying is None
    close_stores(there)


def test_a_store_that_was_put_back_by_hand_is_not_emptied(
    study: Study, wave: Wave, address: str
) -> None:
    """What was to be emptied holds the responses again: they are moved, not destroyed."""
    respond(wave, 5, clear=4)
    path = wave.folder / "wave.yaml"
    path.write_text(path.read_text("utf-8") + "emptying: ''\n", "utf-8")
    assert move(study.wave(wave.id), address) == 5
    there = study.wave(wave.id)
    assert count_responses(there, there.questionnaire("survey")) == 5
    close_stores(there)


def test_a_copy_that_is_not_the_same_is_not_moved_to(
    study: Study, wave: Wave, address: str
) -> None:
    """Something lies under this wave's name on the server already: the boxes here still count, and
    nothing of them is destroyed."""
    respond(wave, 5, clear=4)
    there = wave.changed(store=address)
    with response_store(answers_box(there, wave.questionnaire("survey"))) as rows:
        rows.reserve(1)
        rows.add(uuid.uuid4(), b"a stray record")
    moving = study.wave(wave.id)
    with pytest.raises(StorageError, match=r"IMF-T189.*survey/answers"):
        move(moving, address)
    here = study.wave(wave.id)
    assert (here.file.store, here.file.emptying) == ("", None)
    assert count_responses(here, here.questionnaire("survey")) == 5
    for one in (there, moving):
        close_stores(one)


def test_a_damaged_box_is_not_moved(study: Study, wave: Wave, address: str) -> None:
    """What could not be copied would be destroyed with the old box."""
    respond(wave, 3, clear=4)
    folder = box_folder(answers_box(wave, wave.questionnaire("survey")))
    (segment,) = folder.glob("seg-*.json")
    raw = bytearray(segment.read_bytes())
    raw[raw.index(b'"p":"') + 9] ^= 1
    segment.write_bytes(raw)
    with pytest.raises(StorageError, match="IMF-T188"):
        move(study.wave(wave.id), address)
    assert study.wave(wave.id).file.store == ""
    assert count_responses(study.wave(wave.id), wave.questionnaire("survey")) == 2


def test_refusals(study: Study, wave: Wave, draft: Wave) -> None:
    """A draft has nothing to move; a password has no place in a study; no server, no move."""
    other = study.new_wave("annual", 2027, questionnaires=QUESTIONNAIRES)
    with pytest.raises(RefusedError, match="IMF-T102"):
        move(other, "postgresql://nowhere/survey")
    with pytest.raises(RefusedError, match="IMF-T187"):
        move(wave, "")
    with pytest.raises(InputError, match="IMF-S122"):
        move(wave, "postgresql://me:secret@nowhere/survey")
    respond(wave, 1, clear=4)
    with pytest.raises(StorageError, match="IMF-S123"):
        move(study.wave(wave.id), "postgresql://127.0.0.1:1/survey")
    assert count_responses(study.wave(wave.id), wave.questionnaire("survey")) == 1
    file = other.folder / "wave.yaml"
    file.write_text(file.read_text("utf-8") + "store: postgresql://a:b@c/d\n", "utf-8")
    with pytest.raises(ProblemsFoundError) as found:
        study.wave(other.id)
    assert [(one.code, one.line > 0) for one in found.value.problems] == [("IMF-S122", True)]


def test_destroying_on_the_server(study: Study, remote: Wave, cluster: Cluster) -> None:
    """Only the rows of this wave go."""
    second = study.new_wave("annual", 2027, questionnaires=QUESTIONNAIRES, store=remote.file.store)
    other = open_wave(study, second, OPENED)
    respond(other, 2, clear=4)
    respond(remote, 7, clear=4)
    close_wave(study, remote, CLOSED)
    closed = study.wave(remote.id)
    purge(closed, LATER, by="R", reference="x")
    assert stored(cluster) == 2
    for one in (other, closed):
        close_stores(one)
