"""Any import is applied or refused as a whole, in time; a refusal has every reason."""

import json
import time
from collections.abc import Iterator

import pytest
from httpx2 import Response
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.records.parsing.contents import MAX_DOCUMENT, MAX_LINE
from app.tables.database import Database
from tests.support.apps import client_of, empty, make_key
from tests.support.builders import count_changes, make_cast, make_event
from tests.support.chance import scaled

JSON, NDJSON, YAML = "application/json", "application/x-ndjson", "application/yaml"
# Far longer than any import takes, and far shorter than a hang.
SECONDS = 60
COLLECTIONS = ("participants", "participants", "sources", "events")
LINES = [
    json.dumps({name: [record.to_plain()]})
    for name, record in zip(COLLECTIONS, (*make_cast(), make_event()), strict=True)
]
VALID = "\n".join(LINES).encode()
SOURCE = '{"sources": [{"id": "a", "language": "en", "url": "https://example.org"}]}'
PLACE = '{"places": [{"id": "a", "names": {"en": "%s"}, "country": "%s", "latitude": %s, "longitude": 0, "precision": "city"}]}'
BOMB = (
    "a: &a [x]\n"
    + "".join(f"{n}: &{n} [*{m}, *{m}, *{m}]\n" for m, n in ("ab", "bc", "cd"))
    + "e: *d"
)


class Importing:
    """Send imports, and check the changes that they made."""

    def __init__(self, client: TestClient, database: Database) -> None:
        self.client = client
        self.database = database
        self.key = make_key(database)

    def send(self, body: bytes, media_type: str) -> Response:
        """Send an import; check that it took at most `SECONDS` and changed data only with a 200."""
        before, started = count_changes(self.database), time.monotonic()
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": media_type}
        answer = self.client.post("/v1/imports", content=body, headers=headers)
        assert time.monotonic() - started < SECONDS
        if answer.status_code != 200:
            assert answer.status_code == 422, answer.text
            assert answer.json()["type"] == "/problems/invalid-records"
            assert answer.json()["errors"]
            assert all(error["detail"] for error in answer.json()["errors"])
        made = answer.json()["changes"] if answer.status_code == 200 else {"after": 0, "last": 0}
        assert count_changes(self.database) - before == made["last"] - made["after"]
        return answer


@pytest.fixture(scope="module")
def importing(_work: Database) -> Iterator[Importing]:
    """Yield one client and one database for all tests; applied imports remain until the end."""
    with client_of(_work) as client:
        yield Importing(client, _work)
    empty(_work)


# The parser refuses these bodies before any SQL.
@pytest.mark.sqlite
@pytest.mark.parametrize("media_type", [JSON, NDJSON, YAML])
@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\n \r\n\t", id="white space"),
        pytest.param(SOURCE.encode()[:-5], id="truncated"),
        pytest.param(SOURCE.encode("utf-16"), id="UTF-16"),
        pytest.param(SOURCE.encode("utf-16-le"), id="UTF-16 without a mark"),
        pytest.param(SOURCE.encode("utf-32"), id="UTF-32"),
        pytest.param((PLACE % ("Cité", "FR", 1)).encode("latin-1"), id="Latin 1"),
        pytest.param((PLACE % ("a\0b", "RU", 1)).encode(), id="NUL"),
        pytest.param((PLACE % (r"a\u0000b", "RU", 1)).encode(), id="escaped NUL"),
        pytest.param((PLACE % (r"\ud800", "RU", 1)).encode(), id="escaped lone surrogate"),
        pytest.param(
            (PLACE % ("\ud800", "RU", 1)).encode("utf-8", "surrogatepass"), id="raw lone surrogate"
        ),
        pytest.param((PLACE % ("a", "XX", 1)).encode(), id="unknown country"),
        pytest.param((PLACE % ("a", "RU", "9" * 5000)).encode(), id="huge integer"),
        pytest.param((PLACE % ("a", "RU", "1e999")).encode(), id="huge float"),
        pytest.param((PLACE % ("a", "RU", "NaN")).encode(), id="not a number"),
        pytest.param(b'{"places": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", id="deep lists"),
        pytest.param(b'{"a":' * 100_000 + b"1" + b"}" * 100_000, id="deep mappings"),
        pytest.param(b'{"sources": [], "sources": []}', id="duplicate key"),
        pytest.param(b'{"sources": [{"id": "a", "id": "b"}]}', id="duplicate key in a record"),
        pytest.param(b'{"a": 1, ' + b'"b": 1, ' * 20_000 + b'"c": 1}', id="one key many times"),
        pytest.param(
            b'{"sources": [' + b"0," * 10_100 + b"0]}", id="more errors than are reported"
        ),
        pytest.param(BOMB.encode(), id="YAML bomb"),
        pytest.param(b"a: &a [*a]", id="YAML list that contains itself"),
        pytest.param(b"sources: !!python/object/apply:os.system [id]", id="YAML tag"),
        pytest.param(b"sources:\n\t- id: a", id="tab"),
        pytest.param(b"--- {}\n--- {}", id="two documents"),
        pytest.param(b"%YAML 9.9\n---\n{}", id="future YAML version"),
        pytest.param(b"? [a]\n: b", id="a list for a key"),
        pytest.param("\u2028\u2029\x85".encode(), id="line separators of Unicode"),
        pytest.param(b"[" * (MAX_LINE + 10), id="long line of brackets"),
        pytest.param(b"- " * 200_000, id="YAML lists in lists"),
    ],
)
def test_a_broken_body_is_refused(importing: Importing, body: bytes, media_type: str) -> None:
    assert importing.send(body, media_type).status_code == 422


class TestApplied:
    @pytest.mark.parametrize(
        ("body", "media_type"),
        [
            pytest.param(b"\xef\xbb\xbf" + SOURCE.encode(), JSON, id="byte order mark, JSON"),
            pytest.param(b"\xef\xbb\xbf" + SOURCE.encode(), NDJSON, id="byte order mark, NDJSON"),
            pytest.param(SOURCE.encode() + b"\r\n\r\n", NDJSON, id="line ends of Windows"),
            pytest.param((PLACE % ("a", "NO", 1)).encode(), JSON, id="Norway in JSON"),
            pytest.param(
                (PLACE % ("a", "NO", 1)).replace('"NO"', "NO").encode(), YAML, id="Norway in YAML"
            ),
            pytest.param(b"{}", JSON, id="empty mapping"),
        ],
    )
    def test_an_unusual_body_is_applied(
        self, importing: Importing, body: bytes, media_type: str
    ) -> None:
        assert importing.send(body, media_type).status_code == 200


@pytest.mark.sqlite
class TestTooLarge:
    def test_a_line_of_50_mb_is_reported_and_skipped(self, importing: Importing) -> None:
        long = b'{"sources": ["' + b"x" * 50_000_000 + b'"]}\n'

        answer = importing.send(LINES[0].encode() + b"\n" + long + b"{}\n[]", NDJSON)

        errors = [(error["line"], error["detail"][:30]) for error in answer.json()["errors"]]
        assert errors == [
            (2, "a line has at most 1 MB: write"),
            (4, "found an empty list, expected "),
        ]

    @pytest.mark.parametrize("media_type", [JSON, YAML])
    def test_too_large_a_document_is_refused_with_advice_to_write_ndjson(
        self, importing: Importing, media_type: str
    ) -> None:
        answer = importing.send(b"[" * (MAX_DOCUMENT + 1), media_type)

        (error,) = answer.json()["errors"]
        assert "write NDJSON" in error["detail"]


_PROPERTY = settings(max_examples=scaled(60), suppress_health_check=[HealthCheck.too_slow])


class TestAnything:
    @pytest.mark.sqlite
    @given(st.binary(max_size=200), st.sampled_from([JSON, NDJSON, YAML]))
    @_PROPERTY
    def test_any_bytes_are_applied_or_refused(
        self, importing: Importing, body: bytes, media_type: str
    ) -> None:
        importing.send(body, media_type)

    @pytest.mark.thorough
    @given(
        st.lists(st.tuples(st.integers(0, len(VALID)), st.binary(max_size=6), st.integers(0, 6))),
        st.sampled_from([NDJSON, YAML]),
    )
    @_PROPERTY
    def test_valid_records_with_replaced_bytes_are_applied_or_refused(
        self, importing: Importing, edits: list[tuple[int, bytes, int]], media_type: str
    ) -> None:
        body = VALID
        for at, new, removed in edits:
            body = body[:at] + new + body[at + removed :]

        importing.send(body, media_type)
