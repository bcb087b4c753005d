"""The explorer finds and counts the same events as the API, for the same parameters."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from app.documents.counting import Facet
from app.formats.pages.explore import FACETS
from tests.support import chance
from tests.support.browsers import Tabs
from tests.support.explorers import Explorer

pytestmark = [pytest.mark.browser, pytest.mark.sqlite]

QUERIES = [
    "",
    "?type=meeting&type=visit",
    "?date=2024",
    "?date=2024-06",
    "?date=2024-06-19",
    "?date=2022/..",
    "?date=../1960",
    "?date=1950/1960&date=2019",
    "?date=2024-06&certainty=certain",
    "?date=1991&certainty=certain&type=visit",
    "?date=198X",
    "?date=2024-22&type=meeting",
    "?month_day=08-10/08-20&certainty=certain",
    "?place=pyongyang",
    "?place=pyongyang&within=false",
    "?place=moscow&place=vladivostok&status=occurred",
    "?country=RU&type=meeting",
    "?country=US",
    "?bbox=120,35,135,45",
    "?tag=military",
    "?tag=military&within=false",
    "?house=kcna&min_sources=2",
    "?max_sources=1&type=letter",
    "?participant=sergey-lavrov",
    "?participant=sergey-lavrov&participant=vladimir-putin",
    "?participant=vladimir-putin&participant_all=kim-jong-un",
    "?participant_all=vladimir-putin&participant_all=kim-jong-un&side=RU",
    "?participant=kim-jong-un&role=guest",
    "?role=guest&side=KP",
    "?role=host&role=attendee&side=RU",
    "?side=SU",
    "?host=vladimir-putin&guest=kim-jong-un&top=true",
    "?sender=kim-jong-un&recipient=vladimir-putin",
    "?company=choe-son-hui&participant=sergey-lavrov",
    "?rank=foreign_minister&side=KP&company=sergey-lavrov",
    "?office=kp-foreign-minister&participant=choe-son-hui",
    "?treaty=friendship-treaty-1961",
    "?subtype=summit&confidence=high",
    "?top=true&date=2019",
    "?q=lavrov&type=meeting",
    "?q=김정은",
    "?q=nuclear&sort=relevance",
    "?publisher=kremlin&date=2023",
    "?agency=tass&type=visit",
    "?updated_after=2020-01-01&type=call",
    "?sort=date&type=statement",
    "?sort=sources&type=treaty",
    "?sort=-sources&date=2024",
    "?sort=-created&tag=economy",
    "?id=2024-11-01-lavrov-choe-strategic-consultations",
    "?participant=nobody-known",
]
_TITLES = {str(facet): str(title) for facet, title in FACETS.items()}


@pytest.fixture
def api(seeds_url: str) -> Iterator[httpx.Client]:
    """A client of the API of the same server."""
    with httpx.Client(base_url=f"{seeds_url}/v1", timeout=60) as client:
        yield client


class TestCounts:
    def test_are_those_of_the_api(self, tabs: Tabs, api: httpx.Client) -> None:
        explorer = Explorer(tabs.open("/en/explore"))
        explorer.open_facets()

        for query in [*QUERIES, *random_queries(chance.scaled(15))]:
            explorer.go(query)
            expected = _ask(api, query)
            assert_same(explorer, expected, query)
            if "participant" in query:
                assert_people(explorer, api, expected, query)


def assert_same(explorer: Explorer, expected: dict[str, Any], query: str) -> None:
    """Compare the number, the first events, the facets and the years."""
    total = expected["page"]["total"]
    assert explorer.numbers[0] == total, query
    assert explorer.listed == [each["id"] for each in expected["items"]], query
    shown, facets = explorer.facets, expected["facets"]
    for facet, title in _TITLES.items():
        if facet == Facet.PARTICIPANT and "participant" in query:
            continue
        counts = {each["label"]["en"]: each["count"] for each in facets[facet]["values"][:8]}
        # A chosen value without an event is shown too, and one beyond the most frequent ones.
        found = {label: n for label, n in shown.get(title, {}).items() if n}
        assert counts.items() <= found.items(), (query, facet)
        assert len(found) <= len(counts) + 3, (query, facet)
    years = {int(each["value"]): each["count"] for each in facets["year"]["values"]}
    assert explorer.years == years, query


def assert_people(
    explorer: Explorer, api: httpx.Client, expected: dict[str, Any], query: str
) -> None:
    """Compare counts of people where the filters name some: they are of a further one."""
    ids = {
        each["label"]["en"]: each["value"] for each in expected["facets"]["participant"]["values"]
    }
    shown = explorer.facets.get("Participant", {})
    assert bool(shown) >= bool(expected["items"]), query
    for name, count in [*shown.items()][:3]:
        if name in ids:
            total = _ask(api, f"{query}&participant_all={ids[name]}")["page"]["total"]
            assert total == count, (query, name)


def _ask(api: httpx.Client, query: str) -> dict[str, Any]:
    facets = "".join(f"&facets={facet}" for facet in (*FACETS, Facet.YEAR))
    url = f"/events{query or '?'}&total=exact&limit=50&fields=date&facet_limit=1000{facets}"
    answer: dict[str, Any] = api.get(url).raise_for_status().json()
    return answer


def random_queries(number: int) -> Iterator[str]:
    """Yield queries that join values of several filters."""
    random = chance.seeded_random("explorer")
    values = {
        "type": ["meeting", "visit", "letter", "statement"],
        "status": ["occurred", "announced", "reported"],
        "participant": ["sergey-lavrov", "kim-jong-un", "vladimir-putin", "kim-jong-il"],
        "participant_all": ["choe-son-hui", "vladimir-putin"],
        "role": ["guest", "host", "sender"],
        "side": ["RU", "KP", "SU"],
        "place": ["moscow", "pyongyang", "vladivostok"],
        "tag": ["military", "economy", "security"],
        "date": ["2018/2024", "1985/..", "2023-09"],
        "certainty": ["certain"],
        "house": ["kcna", "tass"],
        "q": ["treaty", "Путин"],
    }
    for _ in range(number):
        names = random.sample([*values], random.randint(2, 4))
        pairs = [(name, value) for name in names for value in _some(random, values[name], name)]
        yield "?" + "&".join(f"{name}={value}" for name, value in pairs)


def _some(random: Any, values: list[str], name: str) -> list[str]:
    most = 1 if name in ("q", "certainty") else 2
    chosen: list[str] = random.sample(values, random.randint(1, min(most, len(values))))
    return chosen
