"""`POST /v1/drafts`: events from the text of an article, of which nothing is stored."""

from collections.abc import Iterator
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from app.drafting.provider import QuoteProvider
from app.reading.listing import data_version
from app.tables.database import Database
from tests.support.quote_server import fake_provider

TEXT = "Kim Jong Un received Andrey Belousov in Pyongyang on Friday."


@pytest.fixture
def ask(scratch_client: TestClient, scratch_writer: str) -> Any:
    """Send a request for a draft."""

    def send(body: object = None, **changed: object) -> Response:
        fields = {"text": TEXT, "published": "2024-12-05", **changed}
        headers = {"Authorization": f"Bearer {scratch_writer}"}
        return scratch_client.post("/v1/drafts", json=body or fields, headers=headers)

    return send


def test_a_draft_has_ids_evidence_and_the_known_event(ask: Any) -> None:
    answer = ask()

    draft = answer.json()
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert draft["language"] == "en"
    (event,) = draft["events"]
    assert [p["id"] for p in event["participants"]] == ["kim-jong-un", "andrey-belousov"]
    assert [p["office"] for p in event["participants"]] == [
        "kp-state-affairs-president",
        "ru-defence-minister",
    ]
    assert event["comparison"]["event"] == "2024-11-29-kim-jong-un-receives-belousov"
    assert {e["quote"] for e in event["evidence"]} >= {"received", "on Friday", "Pyongyang"}


def test_nothing_is_stored_and_the_text_is_not_logged(
    ask: Any, scratch: Database, capfd: pytest.CaptureFixture[str]
) -> None:
    def newest() -> bytes:
        with scratch.read() as connection:
            return data_version(connection)

    before = newest()
    answer = ask(text=f"{TEXT} Sesquipedalian words.", source="example-source-1")

    assert (answer.status_code, newest()) == (200, before)
    assert "Sesquipedalian" not in "".join(capfd.readouterr())


def test_ids_of_withdrawn_records_are_not_drafted_again(
    ask: Any, scratch_client: TestClient, scratch_writer: str
) -> None:
    headers = {"Authorization": f"Bearer {scratch_writer}"}
    changed = {"text": TEXT, "published": "2031-05-06"}
    draft = ask(**changed).json()
    event, source = draft["events"][0]["id"], draft["source"]["id"]
    records = {
        "sources": [{"id": source, "language": "en", "url": "https://example.org/gone"}],
        "events": [
            {
                "id": event,
                "type": "meeting",
                "subtype": "working",
                "status": "announced",
                "confidence": "low",
                "date": "2031-05-02",
                "title": {"en": "They meet"},
                "summary": {"en": "They meet."},
                "sources": [source],
                "participants": [{"id": "kim-jong-un", "role": "host", "side": "KP"}],
            }
        ],
    }
    written = scratch_client.post("/v1/imports", json=records, headers=headers).json()
    seq = written["changes"]["last"]
    undone = scratch_client.post(f"/v1/imports/{seq}/revert", headers=headers)

    again = ask(**changed).json()

    assert undone.status_code == 200
    assert again["events"][0]["id"] == f"{event}-2"
    assert again["source"]["id"] == f"{source}-2"


def test_a_known_source_is_named_and_found_by_its_address(
    ask: Any, scratch_client: TestClient
) -> None:
    known = scratch_client.get("/v1/sources?limit=1").json()["items"][0]

    day = known["published"]
    by_id = ask(source=known["id"], published=day).json()["source"]
    by_url = ask(url=known["url"], published=day).json()["source"]

    assert (by_id["id"], by_id["known"]) == (known["id"], True)
    assert by_url["known"] is True


def test_a_known_source_with_other_values_is_refused(ask: Any, scratch_client: TestClient) -> None:
    known = scratch_client.get("/v1/sources?limit=1").json()["items"][0]

    other_day = ask(source=known["id"], published="1991-01-01").json()
    same_url = ask(url=known["url"], published="1991-01-01").json()
    other_url = ask(
        source=known["id"], published=known["published"], url="https://example.org/a"
    ).json()

    wrong_day = f"was published on {known['published']}: send that day, or another source"
    assert [each["pointer"] for each in other_day["errors"]] == ["/published"]
    assert wrong_day in other_day["detail"]
    assert wrong_day in same_url["detail"]
    assert [each["pointer"] for each in other_url["errors"]] == ["/url"]
    assert f"has the address {known['url']}: send that one" in other_url["detail"]


@pytest.mark.parametrize(
    ("changed", "pointer", "detail"),
    [
        ({"text": ""}, "/text", "the text has no words: send the text of an article"),
        ({"text": "2024 -- 12"}, "/text", "the text has no words: send the text of an article"),
        ({"text": 7}, "/text", "found the number 7, expected a text: write it in quotes"),
        ({"text": "a" * 50_001}, "/text", "expected a text of at most 50000 characters"),
        ({"language": "de"}, "/language", "expected one of: en, fr, ru, ko"),
        ({"text": "Der Minister sprach"}, "/language", "name it: one of en, fr, ru, ko"),
        ({"published": "17.01.2025"}, "/published", "did you mean 2025-01-17"),
        ({"published": "2024-11"}, "/published", "'2024-11' is not one day"),
        ({"published": "2023-02-29"}, "/published", "'2023-02-29' is not a day of the calendar"),
        ({"published": "9999-12-31"}, "/published", "is not in the years 1900 to 2199"),
        ({"source": "No Slug"}, "/source", "expected an id"),
        ({"url": "example.org"}, "/url", "expected an address"),
        ({"texts": "x"}, "/texts", "unknown field"),
    ],
)
def test_a_bad_request_says_what_would_be_right(
    ask: Any, changed: dict[str, object], pointer: str, detail: str
) -> None:
    answer = ask(**changed)

    problem = answer.json()
    assert answer.status_code == 422
    assert [error["pointer"] for error in problem["errors"]] == [pointer]
    assert detail in problem["errors"][0]["detail"]


def test_a_draft_needs_a_key_and_json(scratch_client: TestClient, scratch_writer: str) -> None:
    headers = {"Authorization": f"Bearer {scratch_writer}", "Content-Type": "text/plain"}

    without = scratch_client.post("/v1/drafts", json={"text": TEXT, "published": "2024-12-05"})
    plain = scratch_client.post("/v1/drafts", content=TEXT, headers=headers)

    assert without.status_code == 401
    assert plain.status_code == 415


@pytest.fixture
def provide(scratch_client: TestClient) -> Iterator[Any]:
    """Give the server a provider of quotes, until the test ends."""
    state = scratch_client.app.state  # type: ignore[attr-defined]

    def give(url: str, seconds: float = 5) -> None:
        state.quote_provider = QuoteProvider(url, seconds)

    yield give
    state.quote_provider = None


class TestProvider:
    """Drafts of a server that has a provider of quotes."""

    DINNER = "Sergey Lavrov shared a dinner with Choe Son Hui in Moscow on Tuesday."

    def test_a_quote_adds_an_event_and_one_that_is_not_in_the_text_is_dropped(
        self, ask: Any, provide: Any
    ) -> None:
        without = ask(text=self.DINNER).json()
        with fake_provider() as fake:
            fake.gives({"quotes": ["shared a dinner", "signed a pact"]})
            provide(fake.url)
            draft = ask(text=self.DINNER).json()

        assert (without["provider"], without["events"]) == (None, [])
        assert [event["date"] for event in draft["events"]] == ["2024-12-03"]
        assert draft["provider"] == {"asked": True, "quotes": 2, "dropped": 1, "error": None}
        assert fake.asked[0][1]["text"] == self.DINNER

    @pytest.mark.parametrize(
        ("status", "pause", "error"),
        [(500, 0, "the status 500"), (302, 0, "redirects"), (200, 0.1, "did not answer within 0.2 s")],
    )  # fmt: skip
    def test_a_provider_that_fails_is_told_in_the_draft(
        self,
        ask: Any,
        provide: Any,
        status: int,
        pause: float,
        error: str,
    ) -> None:
        with fake_provider() as fake:
            fake.gives({"quotes": ["received"]}, status, {"Location": "/x"}, pause)
            provide(fake.url, 0.2)
            answer = ask()

        assert (answer.status_code, len(answer.json()["events"])) == (200, 1)
        assert error in answer.json()["provider"]["error"]

    def test_a_text_that_is_refused_is_not_sent(self, ask: Any, provide: Any) -> None:
        with fake_provider() as fake:
            provide(fake.url)
            answer = ask(text="Der Minister sprach")

        assert (answer.status_code, fake.asked) == (422, [])
