"""Following `next` yields each match once, in a total order, for any query and during writes."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count, cycle, islice
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import literal
from starlette.testclient import TestClient

from app.reading.cursors import count_key, day_key, instant_key, text_key
from app.records.models import EventRecord
from app.tables.database import Database
from tests.support.answers import walk, walk_items
from tests.support.builders import make_cast, make_event, make_participant, make_place, store
from tests.support.chance import scaled

# An example writes to a real database, so it has no deadline. The examples of a test share its
# `database`, and each one reads only the events with its tag.
on_a_database = settings(
    max_examples=scaled(60),
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

# Each date of an event with its four bounds, and each date of a query with its two, found by hand.
_OPEN = date.max
_JUNE_1, _JUNE_30 = date(2024, 6, 1), date(2024, 6, 30)
_18, _20 = date(2024, 6, 18), date(2024, 6, 20)
DATES = {
    "2024-06-18": (_18, _18, _18, _18),
    "2024-06": (_JUNE_1, _JUNE_30, _JUNE_1, _JUNE_30),
    "2024-06-18/2024-06-20": (_18, _18, _20, _20),
    "[2024-06-18,2024-06-20]": (_18, _20, _18, _20),
    "2024-06-01/..": (_JUNE_1, _JUNE_1, _JUNE_1, _OPEN),
    "../2024-06-20": (date.min, _20, _20, _20),
}
ASKED = {
    "2024-06-18": (_18, _18),
    "2024-06": (_JUNE_1, _JUNE_30),
    "2024-06-20/..": (_20, _OPEN),
    "../2024-06-18": (date.min, _18),
}
TYPES = {"meeting": "summit", "visit": "official", "letter": "reply"}
SORTS = ["date", "-date", "updated", "-updated"]
PEOPLE, PLACES, ROLES = ("ann", "bob", "cho"), ("moscow", "pyongyang"), ("host", "guest")

_numbers = count()


@dataclass(frozen=True)
class Made:
    """An event to write; the events of one batch are written together and get the same instant."""

    word: str
    batch: int
    date: str
    type: str
    place: str | None
    parts: frozenset[tuple[str, str]]

    def id(self, example: str) -> str:
        """Digits, letters and hyphens in any order, which collations would sort differently."""
        return f"2024-{self.word}-{example}"

    def record(self, example: str) -> EventRecord:
        """The record, with the example's tag."""
        return make_event(
            self.id(example),
            date=self.date,
            type=self.type,
            subtype=TYPES[self.type],
            place=self.place,
            participants=[{"id": who, "role": role, "side": "RU"} for who, role in self.parts],
            tags=[example],
        )


@dataclass(frozen=True)
class Query:
    """The query of a list."""

    dates: str
    certainty: str
    type: tuple[str, ...]
    place: tuple[str, ...]
    participant: tuple[str, ...]
    participant_all: tuple[str, ...]
    role: tuple[str, ...]

    def parameters(self) -> list[tuple[str, str]]:
        """Return the query as a client writes it."""
        return [
            *((("date", self.dates), ("certainty", self.certainty)) if self.dates else ()),
            *(
                (name, value)
                for name in ("type", "place", "participant", "participant_all", "role")
                for value in getattr(self, name)
            ),
        ]

    def matches(self, made: Made) -> bool:
        """Return whether the event is a match, computed without the database."""
        roles = self.role or ROLES
        seen = {who for who, role in made.parts if role in roles}
        return (
            (not self.dates or self._overlaps(*DATES[made.date]))
            and (not self.type or made.type in self.type)
            and (not self.place or made.place in self.place)
            and (not self.participant or bool(seen & set(self.participant)))
            and set(self.participant_all) <= seen
            and bool(seen)
        )

    def _overlaps(
        self, start_earliest: date, start_latest: date, end_earliest: date, end_latest: date
    ) -> bool:
        first, last = ASKED[self.dates]
        if self.certainty == "certain":
            return start_latest <= last and end_earliest >= first
        return start_earliest <= last and end_latest >= first


def _some(values: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """Mostly no values, so that the filters together keep some events."""
    none: st.SearchStrategy[tuple[str, ...]] = st.just(())
    return none | st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


made_events = st.lists(
    st.builds(
        Made,
        word=st.from_regex(r"[a-c0-2]{1,3}(-[a-c0-2]{1,2})?", fullmatch=True),
        batch=st.integers(0, 2),
        date=st.sampled_from([*DATES]),
        type=st.sampled_from([*TYPES]),
        place=st.none() | st.sampled_from(PLACES),
        parts=st.frozensets(
            st.tuples(st.sampled_from(PEOPLE), st.sampled_from(ROLES)), min_size=1, max_size=4
        ),
    ),
    unique_by=lambda made: made.word,
    max_size=25,
)
queries = st.builds(
    Query,
    dates=st.just("") | st.sampled_from([*ASKED]),
    certainty=st.sampled_from(["possible", "certain"]),
    type=_some([*TYPES]),
    place=_some(PLACES),
    participant=_some(PEOPLE),
    participant_all=_some(PEOPLE),
    role=_some(ROLES),
)


@pytest.fixture
def peopled(database: Database) -> Database:
    """The entities to which the events of this module refer."""
    people = [make_participant(id) for id in PEOPLE]
    store(database, *make_cast(), *people, *(make_place(id) for id in PLACES))
    return database


def _in_order(matches: Sequence[Made], sort: str, example: str) -> list[str]:
    def key(made: Made) -> tuple[Any, str]:
        first = made.batch if "updated" in sort else DATES[made.date][0]
        return first, made.id(example)

    ordered = sorted(matches, key=key, reverse=sort.startswith("-"))
    return [made.id(example) for made in ordered]


class TestListEvents:
    @pytest.mark.thorough
    @on_a_database
    @given(
        made_events,
        queries,
        st.sampled_from(SORTS),
        st.lists(st.integers(1, 9), min_size=1, max_size=3),
    )
    def test_each_match_comes_once_in_order_with_changing_limits(
        self,
        peopled: Database,
        client: TestClient,
        made: list[Made],
        query: Query,
        sort: str,
        limits: list[int],
    ) -> None:
        example = f"x{next(_numbers)}"
        for batch in range(3):
            store(peopled, *(each.record(example) for each in made if each.batch == batch))
        expected = _in_order([each for each in made if query.matches(each)], sort, example)
        asked = [*query.parameters(), ("tag", example), ("sort", sort), ("total", "exact")]

        pages = list(self._walk(client, f"/v1/events?{urlencode(asked)}", limits))
        whole = client.get("/v1/events", params=[*asked, ("limit", "200")]).json()

        walked = [item["id"] for page in pages for item in page["items"]]
        assert walked == expected == [item["id"] for item in whole["items"]]
        assert {page["page"]["total"] for page in pages} == {len(expected)}
        assert all(page["page"]["returned"] == len(page["items"]) for page in pages)

    def _walk(self, client: TestClient, url: str, limits: list[int]) -> Iterator[dict[str, Any]]:
        """Follow `next` with a different limit for each page."""
        url += "&limit=1"
        for limit in islice(cycle(limits), 30):  # No example has more than 25 events.
            page = client.get(re.sub("limit=[0-9]+", f"limit={limit}", url)).json()
            yield page
            if page["page"]["next"] is None:
                return
            url = page["page"]["next"]

    @pytest.mark.thorough
    @on_a_database
    @given(made_events, st.integers(0, 25), st.sampled_from(SORTS), st.integers(1, 5), queries)
    def test_each_lasting_match_comes_once_during_writes(
        self,
        peopled: Database,
        client: TestClient,
        made: list[Made],
        first: int,
        sort: str,
        limit: int,
        query: Query,
    ) -> None:
        example = f"x{next(_numbers)}"
        there, coming = made[:first], made[first:]
        store(peopled, *(each.record(example) for each in there))
        asked = urlencode([*query.parameters(), ("tag", example), ("sort", sort), ("limit", limit)])

        walked = []
        for page in walk(client, f"/v1/events?{asked}"):
            walked += [item["id"] for item in page["items"]]
            if coming:
                store(peopled, coming.pop().record(example))

        throughout = {each.id(example) for each in there if query.matches(each)}
        matching = {each.id(example) for each in made if query.matches(each)}
        assert len(walked) == len(set(walked))
        assert throughout <= set(walked) <= matching

    def test_five_hundred_events_on_one_day(self, peopled: Database, client: TestClient) -> None:
        ids = sorted(f"2024-06-18-{n}" for n in range(500))
        store(peopled, *(make_event(id) for id in reversed(ids)))

        for sort, limit in [("date", 200), ("-date", 99), ("updated", 17), ("-updated", 200)]:
            url = f"/v1/events?date=2024-06-18&sort={sort}&limit={limit}"
            walked = [item["id"] for item in walk_items(client, url)]
            assert walked == (ids[::-1] if sort.startswith("-") else ids), url

    def test_a_full_last_page_has_no_next(self, peopled: Database, client: TestClient) -> None:
        store(peopled, *(make_event(f"2024-06-18-{n}") for n in range(6)))

        pages = list(walk(client, "/v1/events?limit=3"))

        assert [len(page["items"]) for page in pages] == [3, 3]

    def test_the_order_of_the_parameters_does_not_matter(
        self, peopled: Database, client: TestClient
    ) -> None:
        store(peopled, *(make_event(f"2024-06-18-{n}") for n in range(4)))
        url = "/v1/events?limit=2&status=occurred&status=reported&sort=date"
        cursor = client.get(url).json()["page"]["next"].rpartition("=")[2]

        answer = client.get(f"/v1/events?sort=date&status=reported&status=occurred&cursor={cursor}")

        assert [item["id"] for item in answer.json()["items"]] == ["2024-06-18-2", "2024-06-18-3"]


class TestListCounterparts:
    def test_each_comes_once_the_most_first_then_by_id(
        self, peopled: Database, client: TestClient
    ) -> None:
        others = [make_participant(f"other-{n}") for n in range(40)]
        events = [
            make_event(
                f"2024-{n}",
                date="2024",
                participants=[
                    {"id": "ann", "role": "host", "side": "RU"},
                    # Every seventh participant takes part, one of them twice, which counts once.
                    *({"id": o.id, "role": "guest", "side": "RU"} for o in others[n % 7 :: 7]),
                    {"id": others[n % 7].id, "role": "speaker", "side": "RU"},
                ],
            )
            for n in range(30)
        ]
        store(peopled, *others, *events)
        shared = Counter(id for event in events for id in {p.id for p in event.participants})
        del shared["ann"]

        pages = list(walk(client, "/v1/participants/ann/counterparts?limit=3&total=exact"))

        walked = [
            (item["participant"]["id"], item["events"]) for page in pages for item in page["items"]
        ]
        assert walked == sorted(shared.items(), key=lambda each: (-each[1], each[0]))
        assert {page["page"]["total"] for page in pages} == {40}


class TestListRelatedEvents:
    def test_each_relation_comes_once_during_writes(
        self, peopled: Database, client: TestClient
    ) -> None:
        targets = [make_event(f"2024-06-18-target-{n}") for n in range(6)]
        relations = [
            {"type": type_, "event": target.id}
            for target in targets
            for type_ in ("follows", "implements")
        ]
        hub = make_event("2024-06-18-hub", relations=relations)
        parts = [
            make_event(
                f"2024-06-{n + 10}-part",
                relations=[
                    {"type": "part_of", "event": hub.id},
                    {"type": "follows", "event": hub.id},
                ],
            )
            for n in range(8)
        ]
        store(peopled, hub, *targets, *parts)
        expected = sorted(
            [
                *(
                    ("2024-06-18", t.id, name)
                    for t in targets
                    for name in ("follows", "implements")
                ),
                *((p.id[:10], p.id, name) for p in parts for name in ("followed_by", "has_part")),
            ]
        )

        walked = []
        for n, page in enumerate(walk(client, f"/v1/events/{hub.id}/related?limit=1")):
            walked += [(i["event"]["date"], i["event"]["id"], i["relation"]) for i in page["items"]]
            new = {"relations": [{"type": "announces", "event": hub.id}], "date": "2024-06"}
            store(peopled, make_event(f"2024-06-new-{n}", **new))

        assert [each for each in walked if "new" not in each[1]] == expected
        assert len(walked) == len(set(walked))


LISTS = [
    "/v1/events",
    "/v1/events?sort=date",
    "/v1/events?sort=updated",
    "/v1/events?sort=-sources",
    "/v1/events?sort=created",
    "/v1/events?q=treaty&sort=relevance",
    "/v1/events/cards",
    "/v1/events?type=visit",
    "/v1/events?type=meeting&type=visit",
    "/v1/participants",
    "/v1/participants?country=KP",
    "/v1/participants/kim-il-sung/events",
    "/v1/participants/kim-il-sung/counterparts",
    "/v1/participants?sort=name",
    "/v1/participants?sort=events",
    "/v1/treaties",
    "/v1/treaties?sort=-date",
    "/v1/places",
    "/v1/sources",
    "/v1/events/2024-10-28-choe-son-hui-official-visit-to-russia/related",
]


def _with(url: str, **parameters: object) -> str:
    return f"{url}{'&' if '?' in url else '?'}{urlencode(parameters)}"


def _cursor(client: TestClient, url: str) -> str:
    following: str = client.get(_with(url, limit=2)).json()["page"]["next"]
    return following.rpartition("cursor=")[2]


# Nothing is written, so an example takes as long as its request.
reads = settings(max_examples=scaled(60), deadline=None, database=None)


def _there(client: TestClient, url: str, most: int) -> list[dict[str, Any]]:
    """Return the first pages."""
    return list(islice(walk(client, url), most))


def _back(client: TestClient, page: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield each page before this one, the nearest first."""
    while (url := page["page"]["prev"]) is not None:
        page = client.get(url).json()
        yield page


class TestPrev:
    @pytest.mark.thorough
    @on_a_database
    @given(made_events, st.sampled_from(SORTS), st.integers(1, 5))
    def test_the_way_back_has_the_same_pages(
        self, peopled: Database, client: TestClient, made: list[Made], sort: str, limit: int
    ) -> None:
        example = f"x{next(_numbers)}"
        for batch in range(3):
            store(peopled, *(each.record(example) for each in made if each.batch == batch))
        there = _there(client, f"/v1/events?tag={example}&sort={sort}&limit={limit}", 30)

        back = list(_back(client, there[-1]))

        assert [page["items"] for page in back] == [page["items"] for page in there[-2::-1]]
        again = [page["page"]["next"] for page in back]
        assert again == [page["page"]["next"] for page in there[-2::-1]]

    @pytest.mark.thorough
    @pytest.mark.parametrize("url", LISTS)
    def test_every_list_has_a_way_back(self, seeded_client: TestClient, url: str) -> None:
        there = _there(seeded_client, _with(url, limit=2), 4)

        back = list(_back(seeded_client, there[-1]))

        assert len(back) > 0
        assert [page["items"] for page in back] == [page["items"] for page in there[-2::-1]]

    def test_its_cursor_and_link(self, seeded_client: TestClient) -> None:
        second = seeded_client.get(
            _there(seeded_client, "/v1/places?limit=2", 1)[0]["page"]["next"]
        )
        page = second.json()["page"]

        assert page["prev"].endswith(f"cursor={page['prev_cursor']}")
        assert second.links["prev"]["url"] == page["prev"]
        assert second.links["next"]["url"] == page["next"]

    def test_a_row_added_before_comes_once(self, peopled: Database, client: TestClient) -> None:
        store(peopled, *(make_event(f"2024-06-18-{n}") for n in range(4)))
        second = _there(client, "/v1/events?sort=date&limit=2", 2)[1]

        store(peopled, make_event("2024-06-17-new"))
        back = [[item["id"] for item in page["items"]] for page in _back(client, second)]

        assert back == [["2024-06-18-0", "2024-06-18-1"], ["2024-06-17-new"]]


class TestCursor:
    @pytest.mark.parametrize("url", LISTS)
    def test_continues_the_list_that_issued_it(self, seeded_client: TestClient, url: str) -> None:
        cursor = _cursor(seeded_client, url)

        first = seeded_client.get(_with(url, limit=2)).json()["items"]
        second = seeded_client.get(_with(url, limit=2, cursor=cursor)).json()["items"]

        assert second
        assert [item for item in second if item in first] == []

    @pytest.mark.thorough
    @pytest.mark.parametrize("url", LISTS)
    def test_fits_no_other_list_filter_or_sort(self, seeded_client: TestClient, url: str) -> None:
        cursor = _cursor(seeded_client, url)

        for other in LISTS:
            if other != url:
                _assert_invalid_cursor(seeded_client, _with(other, cursor=cursor))

    @pytest.mark.parametrize(
        "said_otherwise",
        [
            pytest.param("sort=-date&certainty=possible", id="default value"),
            pytest.param("top=false&within=true", id="default truth values"),
            pytest.param("type=visit&type=meeting", id="in another order"),
            pytest.param("type=meeting&type=visit&type=visit", id="twice"),
        ],
    )
    def test_fits_the_same_query_written_differently(
        self, seeded_client: TestClient, said_otherwise: str
    ) -> None:
        asked = "type=meeting&type=visit" if "type" in said_otherwise else ""
        cursor = _cursor(seeded_client, f"/v1/events?{asked}")

        answer = seeded_client.get(f"/v1/events?{said_otherwise}&cursor={cursor}")

        assert answer.status_code == 200

    @reads
    @given(st.data())
    def test_a_mangled_one_is_refused(self, seeded_client: TestClient, data: st.DataObject) -> None:
        url = data.draw(st.sampled_from(LISTS))
        cursor = _cursor(seeded_client, url)
        at = data.draw(st.integers(0, len(cursor) - 1))
        written = data.draw(st.text(st.characters(codec="ascii"), max_size=2) | st.text(max_size=2))
        mangled = data.draw(
            st.sampled_from(
                [
                    cursor[:at] + written + cursor[at + 1 :],
                    cursor[:at] + written + cursor[at:],
                    cursor[:at],
                    cursor[at + 1 :],
                    cursor + written,
                    cursor + "=",
                    cursor.swapcase(),
                ]
            )
        )
        assume(mangled not in ("", cursor))

        _assert_invalid_cursor(seeded_client, _with(url, cursor=mangled))

    @reads
    @given(st.sampled_from(LISTS), st.text(min_size=1, max_size=2000))
    def test_any_other_text_is_refused(
        self, seeded_client: TestClient, url: str, text: str
    ) -> None:
        _assert_invalid_cursor(seeded_client, _with(url, cursor=text))

    @pytest.mark.parametrize(
        ("key", "text"),
        [
            pytest.param(text_key(literal("")), "a\x00", id="NUL in a word"),
            pytest.param(text_key(literal("")), "a\ud800", id="a lone surrogate in a word"),
            pytest.param(text_key(literal("")), "a" * 121, id="a word too long"),
            pytest.param(count_key(literal(0)), "9" * 20, id="an integer too large"),
            pytest.param(count_key(literal(0)), str(2**31), id="an integer that no list has"),
            pytest.param(count_key(literal(0)), "٣", id="a digit of another script"),
            pytest.param(day_key(literal(date.max)), "10000-01-01", id="a day too late"),
            pytest.param(instant_key(literal(None)), "now", id="no instant"),
        ],
    )
    def test_a_forged_one_passes_no_invalid_value_to_the_engine(self, key: Any, text: str) -> None:
        with pytest.raises(ValueError, match=r"not|nvalid|format"):
            key.parse(text)


def _assert_invalid_cursor(client: TestClient, url: str) -> None:
    answer = client.get(url)
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/invalid-cursor"), url


ANY_BYTES = st.one_of(
    st.text().map(str.encode),
    st.text(st.characters(categories=["Cs", "Cc", "Nd"])).map(
        lambda text: text.encode("utf-8", "surrogatepass")
    ),
    st.binary(),
    st.text("0123456789-/.X~?%[]{},TZ:+", max_size=25).map(str.encode),
    st.sampled_from([b"\x00", b"a\x00b", b"x" * 20_000, "최".encode() * 2_000]),
)
QUERIES = {
    "/v1/events": "date type participant role side country place tag source id sort limit cursor",
    "/v1/participants": "kind country name office rank id limit cursor total",
    "/v1/participants/kim-il-sung/events": "date certainty participant_all subtype",
    "/v1/participants/kim-il-sung/counterparts": "date kind side",
    "/v1/treaties": "kind party in_force_on certainty id",
    "/v1/places": "country part_of id",
    "/v1/publishers": "kind country house state id",
    "/v1/sources": "publisher agency house language id",
}
PATHS = [
    "/v1/events/{}",
    "/v1/events/{}/evidence",
    "/v1/events/{}/related",
    "/v1/participants/{}",
    "/v1/participants/{}/events",
    "/v1/participants/{}/counterparts",
    "/v1/treaties/{}",
    "/v1/places/{}",
    "/v1/sources/{}",
    "/problems/{}",
    "/{}",
]


class TestAnyText:
    """Any text in a request gets a result, or an answer that names its error."""

    @settings(reads, max_examples=scaled(150))
    @given(
        st.sampled_from([(url, name) for url in QUERIES for name in QUERIES[url].split()]),
        ANY_BYTES,
    )
    def test_as_a_parameter(
        self, seeded_client: TestClient, where: tuple[str, str], given_bytes: bytes
    ) -> None:
        url, name = where

        answer = seeded_client.get(f"{url}?{name}={quote(given_bytes, safe='')}")

        assert answer.status_code in (200, 400, 414), answer.text
        assert answer.status_code == 200 or answer.json()["type"].startswith("/problems/")

    @reads
    @given(ANY_BYTES)
    def test_as_the_name_of_a_parameter(
        self, seeded_client: TestClient, given_bytes: bytes
    ) -> None:
        answer = seeded_client.get(f"/v1/events?no-{quote(given_bytes, safe='')}=1")

        slug = "uri-too-long" if answer.status_code == 414 else "unknown-parameter"
        assert answer.json()["type"] == f"/problems/{slug}"

    @reads
    @given(st.sampled_from(PATHS), ANY_BYTES)
    def test_in_a_path(self, seeded_client: TestClient, path: str, given_bytes: bytes) -> None:
        assume(path != "/{}" or given_bytes)  # The root exists.
        # Each byte escaped: the client would resolve plain dots as steps up the path.
        answer = seeded_client.get(path.format("".join(f"%{byte:02X}" for byte in given_bytes)))

        assert answer.status_code in (400, 404, 414), answer.text
        assert answer.headers["content-type"] == "application/problem+json"

    def test_nul_in_a_text(self, seeded_client: TestClient) -> None:
        """PostgreSQL refuses NUL in a text and SQLite finds nothing; both give the same answer."""
        answer = seeded_client.get("/v1/participants?name=Kim%00")

        assert answer.status_code == 400
        assert "U+0000" in answer.json()["errors"][0]["detail"]


class TestEveryList:
    @pytest.mark.thorough
    @pytest.mark.parametrize("url", LISTS)
    def test_the_seeds_come_once_and_the_total_is_their_number(
        self, seeded_client: TestClient, url: str
    ) -> None:
        total = seeded_client.get(_with(url, total="exact", limit=1)).json()["page"]["total"]

        items = walk_items(seeded_client, _with(url, limit=173))

        texts = {repr(item) for item in items}
        assert len(items) == len(texts) == total > 0
