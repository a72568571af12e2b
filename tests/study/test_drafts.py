"""What respondents put aside: who can open it, what it looks like on the disk, when it is gone."""

from __future__ import annotations

import base64
import dataclasses
import functools
import hashlib
import hmac
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from asking import make_asking
from keyholders import SECRETS
from zone import CLOSED, SAMPLES

from imfsurvey.faces.aside import Aside
from imfsurvey.faces.kiosk.child import turns_of
from imfsurvey.faces.sitting import AnonymousSitting
from imfsurvey.faces.turns import SurveyTurns
from imfsurvey.faces.voting import BallotSitting
from imfsurvey.i18n.errors import RefusedError
from imfsurvey.interview import Answer, Interview
from imfsurvey.questionnaire import load_questionnaire
from imfsurvey.store.derived import key_of
from imfsurvey.store.disk import LEVEL_TIME
from imfsurvey.store.seal import Unsealer, public_key, seal
from imfsurvey.study.boxes import count_responses, ticket_book
from imfsurvey.study.closing import CLOSING_FILE, closing_record
from imfsurvey.study.codes import drawn
from imfsurvey.study.drafts import DRAFTS, Draft, TicketDraft, drafts_in
from imfsurvey.study.folder import Study
from imfsurvey.study.life import close_wave
from imfsurvey.study.tickets import TICKETS_FILE, TicketBook
from imfsurvey.study.wave import Wave

WISH = "Former les chefs,\nécouter « tout » le monde."
SAID = {
    "category": Answer("answered", "ops"),
    "years": Answer("answered", 5),
    "example_given": Answer("answered", 2),
    "safe": Answer("dk", comment="L'affiche."),
    "seen": Answer("answered", "yes"),
    "what": Answer("answered", ("databases", "gifts")),
    "trusted": Answer("answered", ("other", "control"), other="Ma sœur"),
    "wish": Answer("answered", WISH),
}


@dataclasses.dataclass
class Collecting:
    """An open wave with tickets."""

    study: Study
    wave: Wave
    codes: list[str]

    def sitting(self, code: str, language: str = "fr", *, drafts: bool = True) -> AnonymousSitting:
        """Somebody with that ticket, at the same computer."""
        (survey,) = self.wave.questionnaires.values()
        ticket = ticket_book(self.wave).check(code)
        return AnonymousSitting(self.wave, survey, language, ticket, drafts=drafts)

    def aside(self, code: str) -> Aside:
        """What lies aside for a ticket."""
        aside = self.sitting(code).aside
        assert aside is not None
        return aside

    def put(self, code: str, said: dict[str, Answer] | None = None, at: str = "seen") -> None:
        """Put answers aside."""
        sitting = self.sitting(code)
        sitting.interview = answered(sitting.interview, SAID if said is None else said, at)
        assert sitting.aside is not None
        sitting.aside.put(sitting.interview)

    @property
    def files(self) -> list[Path]:
        """The drafts on the disk."""
        return sorted((self.wave.folder / DRAFTS).glob("*"))


def answered(interview: Interview, said: dict[str, Answer], at: str) -> Interview:
    """The same walk with answers given, at a page."""
    return Interview(
        interview.questionnaire,
        interview.framework,
        interview.language,
        groups=interview.groups,
        answers=said,
        at=at,
    )


@pytest.fixture
def here(tmp_path: Path) -> Collecting:
    """Eight tickets of a cheap scrypt."""
    study, wave = make_asking(tmp_path / "zone")
    return Collecting(study, wave, TicketBook(wave.folder / TICKETS_FILE, cost=16).issue(8))


def test_only_the_same_ticket_goes_on(here: Collecting) -> None:
    """Every answer, comment, word of "other" and the page are there again, in another language;
    who has another ticket begins at the beginning."""
    mine, other = here.codes[:2]
    assert not (here.wave.folder / DRAFTS).exists()
    here.put(mine)
    sitting = here.sitting(mine, "nl")
    assert dict(sitting.interview.answers) == SAID
    assert (sitting.interview.page.item.id, sitting.interview.language) == ("seen", "nl")
    assert here.sitting(other).interview.answers == {}
    assert [here.aside(code).kept for code in (mine, other)] == [True, False]


def test_nothing_is_written_unless_it_is_asked_for(here: Collecting) -> None:
    """A sitting that answers, keeps its page and goes away leaves every file as it was."""
    before = {path: path.read_bytes() for path in here.wave.folder.rglob("*") if path.is_file()}
    sitting = here.sitting(here.codes[0])
    sitting.interview.record("category", "answered", "ops")
    sitting.keep()
    after = {path: path.read_bytes() for path in here.wave.folder.rglob("*") if path.is_file()}
    assert after == before


def test_the_orders_stay(here: Collecting) -> None:
    """Items and choices that chance has ordered come in the same order again, on another path."""
    sitting = here.sitting(here.codes[0])
    pages = [page.item.id for page in sitting.interview.pages]
    assert sitting.aside is not None
    sitting.aside.put(sitting.interview)
    again = here.sitting(here.codes[0]).interview
    again.record("seen", "answered", "yes")
    what = again.questionnaire.items["what"]
    choices = [option.value for option in again.options(what)]
    assert [page.item.id for page in again.pages if page.item.id != "what"] == pages
    for _ in range(5):
        once_more = here.sitting(here.codes[0]).interview
        once_more.record("seen", "answered", "yes")
        assert [option.value for option in once_more.options(what)] == choices


def test_files_tell_nothing(here: Collecting) -> None:
    """As long, as old and as strangely named as each other, whether little or much was said; the
    name is in no other file, and nothing of the book is in a draft."""
    for code, said in zip(here.codes, ({}, SAID, {"seen": Answer("refused")}), strict=False):
        here.put(code, said)
    here.put(here.codes[0], SAID)
    assert len(here.files) == 3 == drafts_in(here.wave)
    assert len({path.stat().st_size for path in here.files}) == 1
    assert {path.stat().st_mtime for path in (*here.files, here.files[0].parent)} == {LEVEL_TIME}
    assert {path.stat().st_mode & 0o777 for path in here.files} == {0o600}
    book = ticket_book(here.wave).path.read_text()
    others = [one for one in here.wave.folder.rglob("*") if one.is_file() and one not in here.files]
    for path in here.files:
        assert re.fullmatch(r"[0-9a-f]{32}\.draft", path.name)
        assert path.stem not in book
        assert not [one for one in others if path.stem.encode() in one.read_bytes()]
        content = path.read_bytes()
        assert not [one for one in re.findall(r"[0-9a-f]{32,}", book) if one.encode() in content]


def test_the_longest_answers_fit_into_the_same_size(here: Collecting) -> None:
    """Texts of the most characters, of the longest kind, and every choice."""
    here.put(here.codes[0], {})
    longest = {
        "category": Answer("answered", "08"),
        "safe": Answer("answered", 4, comment='"' * 300),
        "what": Answer("answered", ("databases", "gifts")),
        "told": Answer("answered", ("chief", "confidant", "control", "ombuds")),
        "trusted": Answer("answered", ("other", "control"), other="\U0001f46e" * 60),
        "wish": Answer("answered", "\x01" * 400),
        "seen": Answer("answered", "yes"),
    }
    here.put(here.codes[1], longest)
    assert len({path.stat().st_size for path in here.files}) == 1
    assert dict(here.sitting(here.codes[1]).interview.answers) == longest


def test_neither_the_book_nor_the_key_holders_open_it(here: Collecting) -> None:
    """Everything in tickets.json (salt, values, and the proof of the ticket once it is used) and
    the keys of the wave give neither the key nor the name, tried as the program derives them."""
    mine = here.codes[0]
    ticket = ticket_book(here.wave).check(mine)
    here.put(mine)
    (path,) = here.files
    sealed, name = path.read_bytes(), path.stem
    ticket_book(here.wave).use(ticket)
    file = json.loads(ticket_book(here.wave).path.read_text())
    known = [bytes.fromhex(one) for one in re.findall(r"[0-9a-f]{32,}", json.dumps(file))]
    assert ticket.proof in known and ticket.secret not in known
    known += [hashlib.sha256(one).digest() for one in known]
    raw = base64.b64decode(sealed)
    (survey,) = here.wave.questionnaires.values()
    keys = [key_of(one) for one in known if len(one) == 32]
    for one in known:
        for purpose in ("key", "name"):
            context = f"imfsurvey draft {purpose}/{here.wave.file.uid}/{survey.id}"
            derived = hmac.digest(one, context.encode(), "sha256")
            keys.append(key_of(derived))
            assert derived[:16].hex() != name
    for key in (*keys, *SECRETS.values()):
        assert Unsealer([key], "any_of", [public_key(key)]).unseal(raw) is None
    # The control: with the ticket's own secret, the same derivation gives both.
    contexts = (
        f"imfsurvey draft {one}/{here.wave.file.uid}/{survey.id}" for one in ("key", "name")
    )
    key, own = (hmac.digest(ticket.secret, one.encode(), "sha256") for one in contexts)
    found = Unsealer([key_of(key)], "any_of", [public_key(key_of(key))]).unseal(raw)
    assert found is not None and own[:16].hex() == name


_watching: list[list[str]] = []


@functools.cache
def _watch() -> None:
    """Python tells of what it is about to open; a hook cannot be taken away again."""

    def tell(event: str, arguments: tuple[object, ...]) -> None:
        if _watching and event in ("open", "os.listdir", "os.scandir"):
            _watching[-1].append(str(arguments[0]))

    sys.addaudithook(tell)


@pytest.fixture
def opened() -> Iterator[list[str]]:
    """Every path that this program opens meanwhile."""
    _watch()
    _watching.append([])
    yield _watching[-1]
    _watching.clear()


def test_a_wrong_ticket_learns_nothing(here: Collecting, opened: list[str]) -> None:
    """Foreign and used tickets get the same words, by the same steps, with and without drafts:
    what lies aside is not even looked for."""
    used = here.codes[7]
    ticket_book(here.wave).use(ticket_book(here.wave).check(used))
    foreign, told = drawn(), []
    for put in (False, True):
        if put:
            here.put(here.codes[0])
            assert any(DRAFTS in path for path in opened)
        for code in (foreign, used):
            opened.clear()
            with pytest.raises(RefusedError) as refused:
                here.sitting(code)
            told.append((refused.value.code, str(refused.value), list(opened)))
    assert told[:2] == told[2:]
    assert [one[0] for one in told[:2]] == ["IMF-T193", "IMF-T194"]
    assert not any(DRAFTS in path for one in told for path in one[2])


def test_a_used_ticket_puts_nothing_aside(here: Collecting) -> None:
    """Somebody answers at two screens with one ticket: what the second puts aside is refused."""
    first, second = here.sitting(here.codes[0]), here.sitting(here.codes[0])
    first.finish()
    assert second.aside is not None
    with pytest.raises(RefusedError) as refused:
        second.aside.put(second.interview)
    assert refused.value.code == "IMF-T194"
    assert here.files == []


def test_it_is_gone_once_the_response_is_stored(here: Collecting) -> None:
    """Also when it is sent where drafts are off; the other drafts stay."""
    for drafts, code in ((True, here.codes[0]), (False, here.codes[1])):
        here.put(code)
        here.put(here.codes[2])
        assert drafts_in(here.wave) == 2
        here.sitting(code, drafts=drafts).finish()
        assert drafts_in(here.wave) == 1
    (survey,) = here.wave.questionnaires.values()
    assert count_responses(here.wave, survey) == 2
    assert here.aside(here.codes[2]).kept


def test_it_is_gone_once_it_is_forgotten(here: Collecting) -> None:
    """Who leaves without sending leaves nothing, and no time of it; the ticket is still good."""
    for code in here.codes[:2]:
        here.put(code)
    here.aside(here.codes[1]).forget()
    (left,) = here.files
    assert {path.stat().st_mtime for path in (left, left.parent)} == {LEVEL_TIME}
    left.with_name(f"{left.name}.tmp").write_bytes(left.read_bytes())  # by a killed program
    here.aside(here.codes[0]).forget()
    assert here.files == []
    here.aside(here.codes[0]).forget()
    assert here.sitting(here.codes[0]).interview.answers == {}


@pytest.mark.parametrize(("left", "counted"), [(1, None), (4, None), (5, 5), (7, 7)])
def test_closing_destroys_them_and_counts_only_many(
    here: Collecting, left: int, counted: int | None
) -> None:
    """Under five, and none, look alike in the record; no file is left, nor one half written."""
    for code in here.codes[:left]:
        here.put(code)
    (here.wave.folder / DRAFTS / f"{'0' * 32}.draft.tmp").write_bytes(b"half")
    ticket_book(here.wave).tear_up(8)
    close_wave(here.study, here.wave, CLOSED)
    assert not (here.wave.folder / DRAFTS).exists()
    record = closing_record(here.wave.like())
    assert record is not None and record.unfinished == counted
    assert ("unfinished" in (here.wave.folder / CLOSING_FILE).read_text()) == (counted is not None)
    with pytest.raises(RefusedError) as refused:
        here.put(here.codes[0])
    assert refused.value.code == "IMF-T101"
    assert not (here.wave.folder / DRAFTS).exists()


def test_a_draft_of_another_version_is_refused_kindly(here: Collecting, tmp_path: Path) -> None:
    """It is said, and one begins anew with the same ticket; what is then put aside counts."""
    text = (SAMPLES / "anonymous.yaml").read_text("utf-8").replace("douze derniers", "derniers")
    (tmp_path / "other.yaml").write_text(text, "utf-8")
    other = load_questionnaire(tmp_path / "other.yaml", here.wave.framework)
    (survey,) = here.wave.questionnaires.values()
    assert other.id == survey.id and other.form_hash != survey.form_hash
    ticket = ticket_book(here.wave).check(here.codes[0])
    TicketDraft(here.wave, other, ticket).keep(Draft(SAID, "seen", "0"))
    sitting = here.sitting(here.codes[0])
    assert fault_of(sitting) == "IMF-T340"
    assert sitting.interview.answers == {} and sitting.interview.at_start
    here.put(here.codes[0])
    assert fault_of(here.sitting(here.codes[0])) == ""
    assert len(here.files) == 1


def test_a_damaged_draft_is_said_and_is_in_nobodys_way(here: Collecting) -> None:
    """One bit of it, half of it, another's file, or answers that nobody can give."""
    here.put(here.codes[0])
    (path,) = here.files
    whole = path.read_bytes()
    here.put(here.codes[1])
    (another,) = (one for one in here.files if one != path)
    damaged = [whole[:400] + bytes([whole[400] ^ 1]) + whole[401:], whole[: len(whole) // 2]]
    for content in (*damaged, another.read_bytes(), b"?", b"\0" * len(whole)):
        path.write_bytes(content)
        sitting = here.sitting(here.codes[0])
        assert (fault_of(sitting), sitting.interview.answers) == ("IMF-T341", {})
    for said in ({"seen": Answer("answered", "maybe")}, {"nobody": Answer("dk")}):
        ticket = ticket_book(here.wave).check(here.codes[0])
        (survey,) = here.wave.questionnaires.values()
        TicketDraft(here.wave, survey, ticket).keep(Draft(said, "seen", "0"))
        assert fault_of(here.sitting(here.codes[0])) == "IMF-T341"
    own = public_key(TicketDraft(here.wave, survey, ticket)._secret_key)
    nested = seal(b"[" * 100_000, [own], "any_of")  # who holds the ticket can seal anything to it
    path.write_bytes(base64.b64encode(nested))
    assert fault_of(here.sitting(here.codes[0])) == "IMF-T341"
    path.write_bytes(b" " * len(whole))  # killed while it was being destroyed
    assert fault_of(here.sitting(here.codes[0])) == ""
    here.sitting(here.codes[0]).finish()
    assert here.files == [another]


def fault_of(sitting: AnonymousSitting) -> str:
    """Why it does not go on with what was put aside; empty when it does, or nothing was."""
    assert sitting.aside is not None
    return sitting.aside.fault.code if sitting.aside.fault is not None else ""


def test_off_where_others_sit_down_next(here: Collecting) -> None:
    """On a laptop that is handed round, in a team session, and without a ticket."""
    here.put(here.codes[0])
    ticket = ticket_book(here.wave).check(here.codes[0])
    (survey,) = here.wave.questionnaires.values()
    handed_round = turns_of(here.study.folder, here.wave.id, "survey", survey.id).begin()
    sitting = handed_round.sit("fr", ticket)
    assert sitting.aside is None and sitting.interview.answers == {}
    assert SurveyTurns(here.wave, survey).begin().sit("fr", ticket).aside is not None
    assert AnonymousSitting(here.wave, survey, "fr", None, drafts=True).aside is None
    assert BallotSitting.aside is None
