"""The walk through the pages: forward, back, once more, sent, left."""

from __future__ import annotations

import html

import pytest
from caller import Caller
from keyholders import records_in
from records import decode

from imfsurvey.faces.sitting import AnonymousSitting
from imfsurvey.faces.web.survey import Survey
from imfsurvey.faces.web.visits import MOST, Visits
from imfsurvey.study.boxes import answers_box, count_responses, ticket_book
from imfsurvey.study.tickets import TicketBook

HOSTILE = "</textarea><script>alert('x')</script>{{ 7*7 }}\"'&amp;<b onclick=\"y\">"


async def walk_to_the_end(caller: Caller) -> None:
    """Answer what must be answered, and look at the overview."""
    await caller.answer("example_given", answer="#5")
    await caller.answer("seen", answer="=no")
    await caller.get("/overview")


async def test_the_first_page_speaks_the_language_of_the_browser(caller: Caller) -> None:
    """It is only what is shown first: each language has an address of its own."""
    assert 'lang="nl"' in (await caller.get("/", **{"accept-language": "en, nl-BE;q=0.8"})).text
    assert 'html lang="fr"' in (await caller.get("/", **{"accept-language": "de"})).text
    page = await caller.begin("nl")
    assert 'html lang="nl"' in page.text
    page = await caller.post(caller.here, {"action": "language-fr"})
    assert 'html lang="fr"' in page.text


async def test_a_form_belongs_to_its_item(caller: Caller) -> None:
    """Sent twice, or after going back, it answers that item and leads to the one behind it."""
    await caller.begin()
    await caller.at("category")
    address = caller.here
    first = await caller.post(address, {"answer": "=ops"})
    second = await caller.post(address, {"answer": "=calog"})
    assert first.url == second.url
    assert caller.visit.interview.answer_to("category").value == "calog"
    await caller.post(caller.here, {"action": "back"})
    assert 'value="=calog" checked' in caller.page.text


async def test_trouble_is_beside_its_field_and_above(caller: Caller) -> None:
    """The summary links to the field, the field names its trouble, and what was typed stays."""
    await caller.begin()
    page = await caller.answer("wish", text="ab")
    assert 'href="#text"' in page.text and 'id="problem-answer"' in page.text
    assert 'aria-invalid="true"' in page.text
    assert "problem-answer" in page.text.partition('aria-describedby="stem')[2][:60]
    assert ">\nab</textarea>" in page.text


async def test_a_warning_is_passed_by_sending_again(caller: Caller) -> None:
    """A blank, or a text that seems to name somebody: once more goes on."""
    await caller.begin()
    await caller.answer("leads")
    assert caller.visit.interview.page.item.id == "leads"
    await caller.post(caller.here, {})
    assert caller.visit.interview.page.item.id == "years"
    await caller.answer("wish", text="Demandez à jan@example.org")
    page = await caller.post(caller.here, {"text": "Demandez à jan@example.org"})
    assert page.url.path == "/overview"


async def test_what_must_be_answered_can_wait(caller: Caller) -> None:
    """The overview names it, and nothing is sent without it."""
    await caller.begin()
    page = await caller.answer("seen")
    assert 'value="later"' in page.text
    address = caller.here
    page = await caller.post(address, {"action": "later"})
    assert page.url.path not in (address, "/overview")
    await caller.get("/overview")
    assert 'action="/send"' not in caller.page.text
    page = await caller.post("/send", {})
    assert page.url.path == "/overview"
    assert caller.visit.sitting is not None


async def test_sending_twice_stores_one_response(caller: Caller, survey: Survey) -> None:
    """The second click, with the cookie of the first, thanks as well; the cookie is taken away."""
    before = count_responses(survey.wave, survey.questionnaire)
    await caller.begin()
    await walk_to_the_end(caller)
    cookie = caller.client.cookies["sitting"]
    first = await caller.client.post("/send", data={"check": caller.check})
    assert first.status_code == 303 and "Max-Age=0" in first.headers["set-cookie"]
    assert "sitting" not in caller.client.cookies
    caller.client.cookies.set("sitting", cookie)
    second = await caller.client.post("/send", data={"check": caller.check})
    assert second.headers["location"] == first.headers["location"] == "/fr/thanks"
    assert count_responses(survey.wave, survey.questionnaire) == before + 1
    assert survey.visits.under_way == 0
    records = records_in(answers_box(survey.wave, survey.questionnaire))
    found = [
        decode(one, survey.questionnaire, survey.wave.groups)["example_given"] for one in records
    ]
    assert 5 in found


async def test_what_is_refused_cannot_be_sent_again(caller: Caller, survey: Survey) -> None:
    """Tickets are needed since this person began: that is said, and nothing of trying again."""
    await caller.begin()
    await walk_to_the_end(caller)
    tickets = ticket_book(survey.wave).path
    TicketBook(tickets, cost=2**10).issue(1)
    page = await caller.post("/send", {})
    tickets.unlink()
    assert page.url.path == "/overview"
    assert "pas pu être enregistrées" in page.text
    assert "à nouveau" not in page.text


async def test_thanks_show_nothing_of_the_answers(caller: Caller) -> None:
    """The page is the same for everybody, and what came before it is gone."""
    await caller.begin()
    await walk_to_the_end(caller)
    address = caller.here
    thanks = await caller.post("/send", {})
    assert thanks.text == (await caller.get("/fr/thanks")).text
    assert thanks.headers["clear-site-data"] == '"cache", "storage"'
    assert (await caller.get(address)).status_code == 410
    assert (await caller.get("/overview")).status_code == 410


async def test_leaving_forgets_everything(caller: Caller, survey: Survey) -> None:
    """Only after a question; then nothing can be found any more, and nothing is stored."""
    before = count_responses(survey.wave, survey.questionnaire)
    await caller.begin()
    await walk_to_the_end(caller)
    await caller.get("/leave")
    assert survey.visits.under_way == 1
    await caller.post("/leave", {})
    assert survey.visits.under_way == 0
    assert "sitting" not in caller.client.cookies
    assert (await caller.get("/overview")).status_code == 410
    assert count_responses(survey.wave, survey.questionnaire) == before


async def test_beginning_anew_forgets_what_was_before(caller: Caller, survey: Survey) -> None:
    """One browser has one visit; the first page offers to go on with it."""
    await caller.begin()
    await caller.answer("category", answer="=ops")
    await caller.get("/")
    assert 'href="/go-on"' in caller.page.text
    await caller.begin()
    assert survey.visits.under_way == 1
    assert caller.visit.interview.answers == {}


async def test_an_answer_is_taken_back(caller: Caller) -> None:
    """By its button, on the page where one is; nothing else is."""
    await caller.begin()
    await caller.answer("category", answer="=ops")
    await caller.answer("looks_away", answer="#4")
    await caller.at("looks_away")
    address = caller.here
    page = await caller.post(address, {"answer": "#4", "action": "clear"})
    assert page.url.path == address
    assert list(caller.visit.interview.answers) == ["category"]


async def test_what_was_not_accepted_waits_on_its_page(caller: Caller) -> None:
    """Who goes back instead of correcting it finds it again; and is where the address says."""
    await caller.begin()
    await caller.at("wish")
    address = caller.here
    page = await caller.post(address, {"text": "x" * 401, "action": "back"})
    assert page.url.path != address
    await caller.get(address)
    page = await caller.get("/go-on")
    assert page.url.path == address and f">\n{'x' * 401}</textarea>" in page.text


async def test_pages_of_two_people_have_nothing_in_common(caller: Caller, survey: Survey) -> None:
    """Neither their addresses, which a browser's history keeps, nor what makes a form theirs."""
    other = Caller(survey)
    for one in (caller, other):
        await one.begin()
        await one.at("category")
    assert caller.here != other.here
    data = {"check": other.check, "answer": "=ops"}
    assert (await caller.client.post(caller.here, data=data)).status_code == 403
    assert caller.visit.interview.answers == {}
    await other.client.aclose()


async def test_what_was_typed_is_gone_once_the_answers_are_sent(caller: Caller) -> None:
    """Also what could not be accepted and waited on its page to be corrected."""
    await caller.begin()
    await walk_to_the_end(caller)
    await caller.answer("safe", answer="#1", comment="x" * 301)
    visit = caller.visit
    assert visit.draft is not None
    await caller.post("/send", {})
    assert (visit.sitting, visit.draft) == (None, None)


def test_a_silent_visit_is_forgotten() -> None:
    """Half an hour after the last request, by the clock of the machine and no other."""
    now = 1000.0
    visits = Visits(clock=lambda: now)
    key, _ = visits.begin(None)  # type: ignore[arg-type]
    now += 1799
    assert visits.find(key) is not None
    now += 1799
    assert visits.find(key) is not None
    now += 1801
    assert visits.find(key) is None


async def test_there_is_room_for_so_many(caller: Caller, survey: Survey) -> None:
    """One more is told to come back, and those who are in go on."""
    sitting = AnonymousSitting(survey.wave, survey.questionnaire, "fr")
    for _ in range(MOST):
        survey.visits.begin(sitting)
    page = await caller.begin()
    assert page.status_code == 503
    assert "sitting" not in caller.client.cookies


async def test_who_has_sent_takes_no_room(caller: Caller, survey: Survey) -> None:
    """However many sent their answers within half an hour, the next person can begin."""
    sitting = AnonymousSitting(survey.wave, survey.questionnaire, "fr")
    key, _ = survey.visits.begin(sitting)
    for _ in range(MOST + 10):
        _, visit = survey.visits.begin(sitting)
        visit.forget()
    assert survey.visits.under_way == 1
    assert len(list(survey.visits)) == MOST
    assert (await caller.begin()).status_code == 200
    assert survey.visits.find(key) is not None  # who is answering is never dropped for that


async def test_when_the_end_is_near_nobody_begins(caller: Caller, survey: Survey) -> None:
    """Those who are in are told so, and can finish."""
    await caller.begin()
    survey.closing = True
    assert 'class="closing"' in (await caller.get(caller.here)).text
    other = Caller(survey)
    assert (await other.begin()).status_code == 403
    await other.client.aclose()


@pytest.mark.parametrize("item", ["wish", "safe", "trusted"])
async def test_hostile_texts_are_shown_as_they_are(caller: Caller, item: str) -> None:
    """Nothing that is typed becomes markup, on its own page, in trouble and in the overview."""
    await caller.begin()
    fields: dict[str, dict[str, object]] = {
        "wish": {"text": HOSTILE},
        "safe": {"answer": "#1", "comment": HOSTILE},
        "trusted": {"rank=other": "1", "rank=chief": "2", "other": HOSTILE[:60]},
    }
    await caller.answer(item, **fields[item])
    for page in (await caller.at(item), await caller.get("/overview")):
        assert "<script" not in page.text and "<b onclick" not in page.text
        assert "{{ 7*7 }}" in page.text
        assert html.escape(HOSTILE[:30], quote=False).replace("'", "&#39;") in page.text


async def test_markup_in_a_form_value_is_refused(caller: Caller) -> None:
    """A value that was never offered changes nothing and is not shown."""
    await caller.begin()
    page = await caller.answer("category", answer='"><script>')
    assert "<script" not in page.text
    assert "category" not in caller.visit.interview.answers
