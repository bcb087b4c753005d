"""The filters by area, by publisher and agency, by independent sources and by last change."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from app.tables import core as t
from app.tables.database import Database
from tests.support.builders import (
    make_cast,
    make_event,
    make_place,
    make_publisher,
    make_source,
    store,
)


def _names(client: TestClient, query: str) -> list[str]:
    """Return the ids of the events found, without the day at their beginning."""
    answer = client.get(f"/v1/events?sort=date&{query}")
    assert answer.status_code == 200, answer.text
    return [item["id"][len("2024-01-01-") :] for item in answer.json()["items"]]


def _refused(client: TestClient, query: str) -> str:
    answer = client.get(f"/v1/events?{query}")
    assert answer.status_code == 400
    assert answer.json()["type"] == "/problems/invalid-parameter"
    detail: str = answer.json()["detail"]
    return detail


class TestBox:
    @pytest.fixture
    def places(self, database: Database) -> None:
        at = {
            "moscow": (55.75, 37.62),
            "pyongyang": (39.03, 125.75),
            "anadyr": (64.73, 177.5),
            "nome": (64.5, -165.4),
            "pole": (90.0, 180.0),
        }
        places = [make_place(id, latitude=y, longitude=x) for id, (y, x) in at.items()]
        events = [make_event(f"2024-01-{n + 1:02}-{id}", place=id) for n, id in enumerate(at)]
        store(database, *make_cast(), *places, *events, make_event("2024-01-09-nowhere"))

    @pytest.mark.usefixtures("places")
    @pytest.mark.parametrize(
        ("box", "expected"),
        [
            pytest.param("124,37,131,43", "pyongyang", id="a country"),
            pytest.param("-180,-90,180,90", "moscow pyongyang anadyr nome pole", id="the globe"),
            pytest.param("37.62,55.75,37.62,55.75", "moscow", id="a point, edges included"),
            pytest.param("37.63,55,40,56", "", id="just east of the point"),
            pytest.param("30,55.76,40,60", "", id="just north of the point"),
            pytest.param("170,60,-160,70", "anadyr nome", id="across the antimeridian"),
            pytest.param("-160,60,170,70", "", id="between them, not across the antimeridian"),
            pytest.param("-170,0,-160,70.000", "nome", id="west of Greenwich"),
            pytest.param("180,90,180,90", "pole", id="the far corner"),
            pytest.param("0,-90,10,0", "", id="no events"),
        ],
    )
    def test_a_box_includes_its_edges(self, client: TestClient, box: str, expected: str) -> None:
        assert _names(client, f"bbox={box}") == expected.split()

    def test_an_event_without_a_place_is_in_no_box(self, client: TestClient, places: None) -> None:
        assert "nowhere" in _names(client, "")
        assert "nowhere" not in _names(client, "bbox=-180,-90,180,90")

    @pytest.mark.parametrize(
        ("box", "reason"),
        [
            pytest.param("124, 37, 131, 43", "four numbers", id="spaces"),
            pytest.param("124,37,131", "four numbers", id="three numbers"),
            pytest.param("124,37,131,43,50", "four numbers", id="five numbers"),
            pytest.param("124,37,131,", "four numbers", id="an empty number"),
            pytest.param("nan,37,131,43", "four numbers", id="not a number"),
            pytest.param("1e3,37,131,43", "four numbers", id="an exponent"),
            pytest.param("inf,37,131,43", "four numbers", id="infinity"),
            pytest.param("١,37,131,43", "four numbers", id="other digits"),
            pytest.param("124,43,131,37", "the southern one first", id="south above north"),
            pytest.param("124,37,131,91", "between -90 and 90", id="north of the pole"),
            pytest.param("124,37,181,43", "between -180 and 180", id="east of the globe"),
            pytest.param("-180.5,37,131,43", "between -180 and 180", id="west of the globe"),
        ],
    )
    def test_an_invalid_box_is_refused(
        self, seeded_client: TestClient, box: str, reason: str
    ) -> None:
        assert reason in _refused(seeded_client, f"bbox={quote(box)}")


class TestSources:
    """Filters by publisher, by agency, and by the number of independent sources."""

    @pytest.fixture(autouse=True)
    def _events(self, database: Database) -> None:
        sources: dict[str, dict[str, Any]] = {
            **{f"kcna-{n}": {"publisher": f"paper-{n}", "agency": "kcna"} for n in range(5)},
            "tass-itself": {"publisher": "tass"},
            "tass-reprint": {"publisher": "paper-1", "agency": "tass"},
            "bare-1": {},
            "bare-2": {},
            "copy": {"publisher": "copy"},
        }
        publishers = ("kcna", "tass", *(f"paper-{n}" for n in range(5)))
        cited = {
            "syndicated": [f"kcna-{n}" for n in range(5)],
            "doubled": ["tass-itself", "tass-reprint"],
            "unsigned": ["bare-1", "bare-2"],
            "three": ["kcna-0", "tass-itself", "bare-1"],
            "copied": ["kcna-0", "copy"],
        }
        store(
            database,
            *make_cast(),
            *map(make_publisher, publishers),
            make_publisher("copy", house="kcna"),
            *(make_source(name, **of) for name, of in sources.items()),
            *(
                make_event(f"2024-01-{n + 1:02}-{name}", sources=of)
                for n, (name, of) in enumerate(cited.items())
            ),
        )

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            pytest.param("publisher=tass", "doubled three", id="a publisher"),
            pytest.param("publisher=paper-1", "syndicated doubled", id="a paper"),
            pytest.param(
                "publisher=tass&publisher=paper-4",
                "syndicated doubled three",
                id="either publisher",
            ),
            pytest.param("publisher=kcna", "", id="an agency that publishes nothing"),
            pytest.param("publisher=copy", "copied", id="a copy"),
            pytest.param("agency=kcna", "syndicated three copied", id="an agency"),
            pytest.param(
                "agency=tass", "doubled", id="an agency, not the publisher of the same name"
            ),
            pytest.param(
                "agency=kcna&agency=tass", "syndicated doubled three copied", id="either agency"
            ),
            pytest.param("publisher=tass&agency=kcna", "three", id="each by a different source"),
            pytest.param("publisher=tass&source=tass-reprint", "doubled", id="with a source"),
        ],
    )
    def test_filters_by_publisher_and_agency(
        self, client: TestClient, query: str, expected: str
    ) -> None:
        assert _names(client, query) == expected.split()

    @pytest.mark.parametrize(
        ("least", "expected"),
        [
            pytest.param(0, "syndicated doubled unsigned three copied", id="any"),
            pytest.param(1, "syndicated doubled unsigned three copied", id="one"),
            pytest.param(2, "unsigned three", id="an agency in several papers counts once"),
            pytest.param(3, "three", id="three"),
            pytest.param(4, "", id="more than any has"),
        ],
    )
    def test_counts_independent_sources(
        self, client: TestClient, least: int, expected: str
    ) -> None:
        assert _names(client, f"min_sources={least}") == expected.split()

    @pytest.mark.parametrize("value", ["-1", "201", "2.0", "two", "+2", "٢"])
    def test_an_invalid_number_of_sources_is_refused(
        self, seeded_client: TestClient, value: str
    ) -> None:
        assert "min_sources" in _refused(seeded_client, f"min_sources={quote(value)}")


class TestUpdatedAfter:
    NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)

    @pytest.fixture(autouse=True)
    def _events(self, database: Database) -> None:
        store(database, *make_cast(), make_event("2024-01-01-a"), make_event("2024-01-02-b"))
        with database.write() as connection:
            for slug, instant in (
                ("2024-01-01-a", self.NOON),
                ("2024-01-02-b", self.NOON.replace(microsecond=500)),
            ):
                changed = update(t.event).where(t.event.c.slug == slug)
                connection.execute(changed.values(updated_at=instant))

    @pytest.mark.parametrize(
        ("instant", "expected"),
        [
            pytest.param("2026-11-01", "a b", id="a day, from its beginning"),
            pytest.param("2026-11-02", "", id="the day after"),
            pytest.param("2026-11-01T11:59:59Z", "a b", id="before both"),
            pytest.param("2026-11-01T12:00:00Z", "b", id="after, not at, the instant"),
            pytest.param("2026-11-01t12:00:00z", "b", id="lower case"),
            pytest.param("2026-11-01T12:00:00.0005Z", "", id="a fraction"),
            pytest.param("2026-11-01T12:00:00.000499Z", "b", id="a microsecond before"),
            pytest.param("2026-11-01T21:00:00%2B09:00", "b", id="east of Greenwich"),
            pytest.param("2026-11-01T20:59:59+09:00", "a b", id="a plus that arrives as a space"),
            pytest.param("2026-11-01T07:00:00-05:00", "b", id="west of Greenwich"),
            pytest.param("0001-01-01", "a b", id="the first possible day"),
            pytest.param("9999-12-31T23:59:59Z", "", id="the last possible instant"),
        ],
    )
    def test_finds_events_changed_strictly_after_the_instant(
        self, client: TestClient, instant: str, expected: str
    ) -> None:
        assert _names(client, f"updated_after={instant}") == expected.split()

    @pytest.mark.parametrize(
        ("instant", "reason"),
        [
            pytest.param("yesterday", "expected an instant", id="a word"),
            pytest.param("2026-11", "expected an instant", id="a month"),
            pytest.param("2026-11-01T12:00:00", "expected an instant", id="no offset"),
            pytest.param("2026-11-01T12:00Z", "expected an instant", id="no seconds"),
            pytest.param("1793534400", "expected an instant", id="seconds since 1970"),
            pytest.param("2026-02-30", "day", id="an impossible day"),
            pytest.param("2026-11-01T25:00:00Z", "hour", id="an impossible hour"),
            pytest.param("0000-01-01", "year", id="an impossible year"),
            pytest.param(
                "0001-01-01T00:00:00%2B14:00",
                "years 1 to 9999",
                id="before the first possible instant",
            ),
            pytest.param(
                "9999-12-31T23:59:59-14:00", "years 1 to 9999", id="after the last possible instant"
            ),
        ],
    )
    def test_an_invalid_instant_is_refused(
        self, seeded_client: TestClient, instant: str, reason: str
    ) -> None:
        assert reason in _refused(seeded_client, f"updated_after={instant}")
