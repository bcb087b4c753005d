"""The cost of a request: a fixed, small number of statements for any number of items."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import pytest
from fastapi import FastAPI
from sqlalchemy import select
from starlette.testclient import TestClient

from app.api.middleware.kept_answers import Asked
from app.reading.sets import kept
from app.tables.database import Database
from tests.support.statements import counting_statements

# The event of the seeds with the most evidence and several relations.
EVENT = "2024-11-01-lavrov-choe-strategic-consultations"


@pytest.fixture(autouse=True)
def without_sets_for_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no page ask for sets, however many the other tests have asked for."""
    monkeypatch.setattr(kept, "_PAGES", 1_000_000)


@pytest.fixture(autouse=True)
def with_sets_of_participants(engine_client: TestClient) -> None:
    """Read the sets of participants: those who have events need no statement to follow merges."""
    engine_client.get("/v1/events?limit=0&facets=participant")


@contextmanager
def _statements(client: TestClient) -> Iterator[list[str]]:
    """Record the statements that the API sends; the start of a transaction is not one."""
    client.get("/v1/places/moscow")  # The first connection queries the engine's version.
    state = cast("FastAPI", client.app).state
    # Another version of the data drops the answers that earlier requests left.
    state.kept_answers.find(Asked("no request", {}), "another version")
    database = state.database
    with database.stream() as connection:
        connection.scalar(select(1))
    with counting_statements(*database.engines) as seen:
        yield seen


def _count(client: TestClient, url: str) -> int:
    with _statements(client) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


# Lists that sets count.
EVENTS = re.compile(r"/v1/(participants/[a-z-]+/)?events(/cards)?(\?|$)")
# Statements of a read in the event loop, before it turns out that names must be compared.
TRIED = {"/v1/events?place=nowhere&tag=nothing": 3, "/v1/participants?name=Choi Seonhi": 1}


class TestLists:
    """One statement for the page, and one for a total that no sets count; one more to find the owner of the list.

    Filters by ids of events or of participants without events take one more, to follow merges.
    """

    @pytest.mark.thorough
    @pytest.mark.parametrize(
        ("url", "expected"),
        [
            pytest.param("/v1/events", 1, id="events"),
            pytest.param("/v1/events?sort=updated", 1, id="events by change"),
            pytest.param(
                "/v1/events?date=1945/..&participant=kim-il-sung&participant=kim-jong-il"
                "&participant=kim-jong-un&role=host&role=guest&role=sender&status=occurred",
                1,
                id="events with many filters",
            ),
            pytest.param('/v1/events?q=Kim "Jong Un" -푸틴', 2, id="events by text"),
            pytest.param("/v1/events?q=Kim&sort=relevance", 1, id="events by relevance"),
            pytest.param("/v1/events?q=title:Kim* OR Putin", 2, id="events by one of two words"),
            pytest.param("/v1/events?q=President Putin", 3, id="events by a name with a title"),
            pytest.param("/v1/events?q=visit minister Moscow", 3, id="a title beside a place"),
            pytest.param(
                "/v1/events?q=Putin&date=1800", 4, id="no event, though some have the word"
            ),
            pytest.param("/v1/participants?q=xyzzy", 5, id="no name begins so, and nobody has it"),
            pytest.param("/v1/events?place=moscow&date=1800", 2, id="an empty list of known ids"),
            pytest.param("/v1/events?place=nowhere&tag=nothing", 5, id="unknown ids"),
            pytest.param("/v1/events?fields=title", 1, id="parts of events"),
            pytest.param("/v1/events?facets=type&facets=year&facets=role", 1, id="facets"),
            pytest.param("/v1/participants", 1, id="participants"),
            pytest.param("/v1/participants?name=최선희&country=KP", 2, id="participants by name"),
            pytest.param(
                "/v1/participants?name=Choi Seonhi", 3, id="by a name in another spelling"
            ),
            pytest.param("/v1/participants?q=kim", 3, id="by the beginning of a name, and which"),
            pytest.param("/v1/participants/kim-jong-un/events", 2, id="events of one"),
            pytest.param("/v1/participants/kim-jong-un/counterparts", 2, id="counterparts"),
            pytest.param("/v1/treaties", 1, id="treaties"),
            pytest.param("/v1/treaties?in_force_on=1995-01-01", 1, id="treaties in force"),
            pytest.param("/v1/places", 1, id="places"),
            pytest.param("/v1/places?q=mos&activity=true", 3, id="places by name with activity"),
            pytest.param("/v1/participants?activity=true&sort=events", 2, id="with activity"),
            pytest.param("/v1/events/cards", 1, id="cards"),
            pytest.param("/v1/sources", 1, id="sources"),
            pytest.param(f"/v1/events/{EVENT}/related", 2, id="related events"),
            pytest.param(f"/v1/events/{EVENT}/evidence", 1, id="evidence"),
            pytest.param("/v1/vocabularies", 0, id="vocabularies"),
        ],
    )
    def test_page_of_any_size(self, engine_client: TestClient, url: str, expected: int) -> None:
        pageable = not url.endswith(("/evidence", "/vocabularies"))
        mark = "&" if "?" in url else "?"
        limits = [f"{mark}limit={limit}" for limit in (1, 50, 200)] if pageable else [""]

        # Sets of events are read once for each state of the data.
        engine_client.get(f"{url}{mark}total=exact" if pageable else url)
        # They do not decide these filters.
        undecided = "q=" in url or "role=" in url
        by_sets = EVENTS.match(url) and not undecided

        plain = {_count(engine_client, f"{url}{limit}") for limit in limits}

        database: Database = engine_client.app.state.database  # type: ignore[attr-defined]
        assert plain == {expected + (TRIED.get(url, 0) if database.is_sqlite else 0)}
        if pageable:
            assert {_count(engine_client, f"{url}{limit}&total=exact") for limit in limits} == {
                expected + (0 if by_sets else 1)
            }

    def test_a_later_page_costs_as_much_as_the_first(self, engine_client: TestClient) -> None:
        following = engine_client.get("/v1/events?limit=200").json()["page"]["next"]

        assert _count(engine_client, following) == 1


class TestResolve:
    """Statements for names, activity and documents, for any number of candidates."""

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            pytest.param("Kim Jong Un", 3, id="one"),
            pytest.param("Kim", 3, id="many"),
            pytest.param("Kim&limit=50", 3, id="many, and all are given"),
            pytest.param("Kim&on=1972", 5, id="and their events and offices"),
            pytest.param(
                "Sergey Lavorv", 5, id="one who is only similar: every name, and then the similar"
            ),
            pytest.param("Anatoly Nobody", 3, id="nobody: the same, but no bearer"),
        ],
    )
    def test_statements(self, engine_client: TestClient, query: str, expected: int) -> None:
        assert _count(engine_client, f"/v1/participants/resolve?name={query}") == expected


class TestKnownPeople:
    """An empty page asks which words no event has, who may have them as a name, and which names are similar."""

    @pytest.mark.parametrize(
        ("q", "expected"),
        [
            pytest.param("Schoigu", 9, id="a person"),
            pytest.param("xyzzy", 9, id="nobody"),
            pytest.param("qa wb ec rd tq yf gx hv", 24, id="only three words are looked up"),
        ],
    )
    def test_statements(self, engine_client: TestClient, q: str, expected: int) -> None:
        for limit in (1, 200):
            assert _count(engine_client, f"/v1/events?q={q}&limit={limit}") == expected

    def test_a_file_asks_first_whether_an_event_matches(self, engine_client: TestClient) -> None:
        assert _count(engine_client, "/v1/events.csv?q=Putin") == 3


class TestSets:
    def test_a_page_that_they_find_takes_one_statement(
        self, engine_client: TestClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(kept, "_PAGES", 0)
        url = "/v1/events?type=letter&date=1990/2000"
        engine_client.get(url)  # This one reads the sets.

        for limit in (1, 200):
            assert _count(engine_client, f"{url}&limit={limit}") == 1


class TestHighlights:
    def test_read_documents_and_five_kinds_of_names(self, engine_client: TestClient) -> None:
        for limit in (50, 200):
            assert _count(engine_client, f"/v1/events?q=treaty&highlight=true&limit={limit}") == 8


class TestChanges:
    """One statement for a page; one more at the end of the log, to find the end."""

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            pytest.param("limit=1", 1, id="a change"),
            pytest.param("limit=1000&kind=event", 1, id="many of a kind"),
            pytest.param("after=3000&limit=1000", 2, id="the end"),
        ],
    )
    def test_page_of_any_size(self, engine_client: TestClient, query: str, expected: int) -> None:
        assert _count(engine_client, f"/v1/changes?{query}") == expected


class TestRevisions:
    @pytest.mark.parametrize(
        ("path", "expected"),
        [
            ("revisions", 1),
            ("revisions?total=exact", 2),
            ("revisions/1", 1),
            ("diff?from=1&to=1", 2),
        ],
    )
    def test_a_statement_for_the_list_and_for_each_document(
        self, engine_client: TestClient, path: str, expected: int
    ) -> None:
        assert _count(engine_client, f"/v1/events/{EVENT}/{path}") == expected


class TestFormats:
    """One statement for the events; one more for their version or their number."""

    @pytest.mark.thorough
    @pytest.mark.parametrize(
        ("url", "expected"),
        [
            pytest.param("/v1/events.csv", 2, id="csv"),
            pytest.param("/v1/participations.csv", 2, id="csv of participations"),
            pytest.param("/v1/events.xlsx?date=2024-11", 2, id="xlsx"),
            pytest.param("/v1/events.parquet?date=2024-11", 2, id="parquet"),
            pytest.param("/v1/sources.csv", 2, id="csv of sources"),
            pytest.param("/v1/events.ndjson", 2, id="ndjson"),
            pytest.param("/v1/events.geojson", 2, id="geojson"),
            pytest.param("/v1/events.ics", 2, id="ics"),
            pytest.param("/v1/events.ris", 3, id="ris, and the kinds of publishers"),
            pytest.param("/v1/events.bib", 3, id="bibtex, and the kinds of publishers"),
            pytest.param("/v1/events.csl.json", 3, id="csl-json, and the kinds of publishers"),
            pytest.param(f"/v1/events/{EVENT}.ris", 2, id="ris of an event, and the same kinds"),
            pytest.param("/v1/dataset.bib", 2, id="bibtex of the dataset: number and state"),
            pytest.param("/v1/events.atom", 2, id="atom, and the names of its tags"),
            pytest.param(
                "/v1/events.jsonfeed?by=event", 2, id="jsonfeed, and the names of its tags"
            ),
            pytest.param("/v1/events.timelinejs?date=2024-11", 2, id="timelinejs"),
            pytest.param(
                f"/v1/events/{EVENT}.jsonld", 3, id="jsonld, its participants and its places"
            ),
            pytest.param("/v1/coverage", 3, id="coverage: events, sources, totals"),
            pytest.param("/v1/datapackage.json", 2, id="data package: bounds and last change"),
            pytest.param("/v1/dataset.jsonld", 2, id="catalogue: bounds and last change"),
        ],
    )
    def test_whole_answer(self, engine_client: TestClient, url: str, expected: int) -> None:
        assert _count(engine_client, url) == expected

    @pytest.mark.thorough
    @pytest.mark.parametrize(
        "format_", ["csv", "parquet", "xlsx", "ndjson", "geojson", "ics", "ris"]
    )
    def test_an_answer_that_the_client_has_costs_only_the_version(
        self, engine_client: TestClient, format_: str
    ) -> None:
        url = f"/v1/events.{format_}"
        known = {"If-None-Match": engine_client.head(url).headers["etag"]}

        with _statements(engine_client) as seen:
            answer = engine_client.get(url, headers=known)

        assert answer.status_code == 304
        assert len(seen) == 1
        assert "change" in seen[0]


class TestPast:
    """One or two statements to find the state; the answer itself comes from a file."""

    @pytest.mark.thorough
    @pytest.mark.parametrize(
        "query",
        [pytest.param("as_of=2976", id="change"), pytest.param("release=2026-11", id="name")],
    )
    def test_costs_the_present_database_no_more(
        self, engine_client: TestClient, query: str
    ) -> None:
        url = f"/v1/events?total=exact&facets=type&{query}"
        engine_client.get(url)  # The first request builds the file.

        assert _count(engine_client, url) == 2 - query.startswith("release")


class TestCounting:
    @pytest.mark.thorough
    @pytest.mark.parametrize("filters", ["", "date=1950", "role=host&participant=kim-jong-un"])
    @pytest.mark.parametrize(
        ("url", "expected"),
        [
            pytest.param("/v1/events/histogram?interval=day&group_by=type", 0, id="histogram"),
            pytest.param("/v1/network?min_weight=2", 3, id="network"),
            pytest.param("/v1/network.graphml?kind=person", 3, id="network as GraphML"),
        ],
    )
    def test_any_number_of_events(
        self, engine_client: TestClient, url: str, expected: int, filters: str
    ) -> None:
        asked = f"{url}&{filters}" if filters else url
        engine_client.get(asked)  # Sets of events are read once for each state of the data.

        # One more for the filters that sets do not decide.
        undecided = 1 if "histogram" in url and "role=" in filters else 0
        assert _count(engine_client, asked) == expected + undecided


class TestDetails:
    @pytest.mark.parametrize(
        "url",
        [
            pytest.param(f"/v1/events/{EVENT}", id="event"),
            pytest.param("/v1/participants/kim-jong-un", id="participant"),
            pytest.param("/v1/treaties/friendship-treaty-1961", id="treaty"),
            pytest.param("/v1/places/moscow", id="place"),
            pytest.param("/v1/sources/tass-1865655", id="source"),
        ],
    )
    def test_one_statement(self, engine_client: TestClient, url: str) -> None:
        assert _count(engine_client, url) == 1

    @pytest.mark.parametrize("below", ["", "/evidence", "/related"])
    def test_one_more_for_an_unknown_entity(self, engine_client: TestClient, below: str) -> None:
        """The log tells whether it was withdrawn or merged."""
        with _statements(engine_client) as seen:
            answer = engine_client.get(f"/v1/events/2024-no-such-thing{below}")

        assert answer.status_code == 404
        assert len(seen) == 2
