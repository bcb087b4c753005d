"""The filters for the questions of analysts: roles, recurring days, several dates, occasions."""

import pytest
from starlette.testclient import TestClient

from app.tables.database import Database
from tests.support.builders import make_cast, make_event, make_office, make_source, store

_LETTER = {"type": "letter", "subtype": "message"}


def _ids(client: TestClient, query: str) -> list[str]:
    """Return the ids of the events found, in order of date, without their dates."""
    answer = client.get(f"/v1/events?sort=date&{query}")
    assert answer.status_code == 200, answer.text
    return [item["id"][11:] for item in answer.json()["items"]]


def _part(id: str, role: str, office: str | None = None) -> dict[str, str | None]:
    side = "RU" if id == "sergey-lavrov" else "KP"
    return {"id": id, "role": role, "side": side, "office": office}


class TestRoles:
    @pytest.fixture(autouse=True)
    def _letters(self, database: Database) -> None:
        lavrov, choe = "sergey-lavrov", "choe-son-hui"
        store(
            database,
            *make_cast(),
            make_office("minister"),
            make_office("deputy", rank="deputy_minister"),
            make_event(
                "2024-01-01-to-choe",
                **_LETTER,
                participants=[_part(lavrov, "sender"), _part(choe, "recipient", "minister")],
            ),
            make_event(
                "2024-01-02-to-lavrov",
                **_LETTER,
                participants=[_part(choe, "sender", "deputy"), _part(lavrov, "recipient")],
            ),
            make_event("2024-01-03-alone", participants=[_part(choe, "host", "minister")]),
        )

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            pytest.param("sender=sergey-lavrov", ["to-choe"], id="a sender"),
            pytest.param(
                "sender=choe-son-hui&recipient=sergey-lavrov",
                ["to-lavrov"],
                id="from one to another",
            ),
            pytest.param("sender=choe-son-hui&recipient=choe-son-hui", [], id="nobody wrote both"),
            pytest.param(
                "sender=choe-son-hui&sender=sergey-lavrov", ["to-choe", "to-lavrov"], id="either"
            ),
            pytest.param("host=choe-son-hui", ["alone"], id="a host"),
            pytest.param(
                "rank=foreign_minister&side=KP&company=sergey-lavrov",
                ["to-choe"],
                id="company in any role, side and office",
            ),
            pytest.param(
                "rank=foreign_minister&participant=sergey-lavrov",
                [],
                id="a rank is of the participant",
            ),
        ],
    )
    def test_finds_who_did_what(self, client: TestClient, query: str, expected: list[str]) -> None:
        assert _ids(client, query) == expected


class TestDays:
    @pytest.fixture(autouse=True)
    def _events(self, database: Database) -> None:
        dates = {
            "liberation": "1985-08-15",
            "august": "1986-08",
            "year": "1987",
            "new-year": "1988-12-30/1989-01-02",
            "long": "1990-01-01/1992-12-31",
            "leap": "1996-02-29",
        }
        made = [make_event(f"{d[:4]}-01-01-{name}", date=d) for name, d in dates.items()]
        store(database, *make_cast(), *made)

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("month_day=08-15", "liberation august year long"),
            ("month_day=08-15&certainty=certain", "liberation long"),
            ("month_day=08-01/08-31&certainty=certain", "liberation august long"),
            ("month_day=08-10/08-20", "liberation august year long"),
            ("month_day=12-31", "year new-year long"),
            ("month_day=12-25/01-05&certainty=certain", "new-year long"),
            ("month_day=02-29", "long leap"),
            ("month_day=08-15&month_day=02-29&certainty=certain", "liberation long leap"),
        ],
    )
    def test_finds_days_of_any_year(self, client: TestClient, query: str, expected: str) -> None:
        assert _ids(client, query) == expected.split()

    @pytest.mark.parametrize(
        ("date", "certain", "possible"),
        [
            ("1995-02", False, False),
            ("1996-02", False, True),
            ("1995-02-28/1995-03-01", False, False),
            ("1996-02-28/1996-03-01", True, True),
            ("1995-12/1996-03", True, True),
            ("1996-03-01/1997-12-31", False, False),
            ("1897-01-01/1903-12-31", False, False),
            ("1897-01-01/1904-02-29", True, True),
            ("1997/..", False, True),
        ],
    )
    def test_only_a_leap_year_has_a_29_february(
        self, client: TestClient, database: Database, date: str, certain: bool, possible: bool
    ) -> None:
        store(database, make_event("2000-01-01-it", date=date))
        counted = "limit=0&total=exact&facets=month_day&facet_limit=400"

        for certainty, expected in (("certain", certain), ("possible", possible)):
            query = f"id=2000-01-01-it&certainty={certainty}&month_day=02-29"
            answer = client.get(f"/v1/events?{query}&{counted}").json()
            counts = {each["value"]: each for each in answer["facets"]["month_day"]["values"]}

            assert answer["page"]["total"] == expected
            assert ("02-29" in counts) == expected
            # Sets in memory count the total, and a statement finds the list.
            assert _ids(client, query) == ["it"] * expected

    @pytest.mark.parametrize(
        ("date", "days", "expected"),
        [
            pytest.param("1950-24", "12-01/02-28", True, id="a winter within the range"),
            pytest.param("[1948-12-30,1949-01-02]", "12-25/01-05", True, id="one day or another"),
            pytest.param("1950-24", "12-02/02-28", False, id="a winter that may begin before it"),
            pytest.param("1950-24", "12-01/02-27", False, id="a winter that may end after it"),
            pytest.param("1948/1949", "12-25/01-05", True, id="from one year to the next"),
            pytest.param("[1948,1949]", "12-25/01-05", False, id="one year or the next"),
            pytest.param("[1948-12-30,1950-01-02]", "12-25/01-05", False, id="two New Years"),
        ],
    )
    def test_a_range_across_new_year_is_certain_for_days_on_both_sides(
        self, client: TestClient, database: Database, date: str, days: str, expected: bool
    ) -> None:
        store(database, make_event("2000-01-01-it", date=date))
        query = f"id=2000-01-01-it&certainty=certain&month_day={days}"

        # Sets in memory count the total, and a statement finds the list.
        counted = client.get(f"/v1/events?{query}&limit=0&total=exact").json()

        assert counted["page"]["total"] == expected
        assert _ids(client, query) == ["it"] * expected

    @pytest.mark.parametrize("days", ["08", "8-15", "02-30", "13-01", "08-15/", "2024-08-15"])
    def test_refuses_what_is_no_day(self, client: TestClient, days: str) -> None:
        answer = client.get("/v1/events", params={"month_day": days})

        assert answer.status_code == 400
        assert answer.json()["errors"][0]["parameter"] == "month_day"

    def test_dates_are_alternatives(self, client: TestClient) -> None:
        assert _ids(client, "date=1985&date=1996") == ["liberation", "leap"]


class TestSourcesAndOccasions:
    @pytest.fixture(autouse=True)
    def _events(self, database: Database) -> None:
        part = [{"type": "part_of", "event": "2024-01-01-visit"}]
        store(
            database,
            *make_cast(),
            make_source("tass-2"),
            make_event("2024-01-01-visit", type="visit", subtype="official"),
            make_event("2024-01-02-talks", relations=part, sources=["tass-1", "tass-2"]),
        )
        store(database, make_event("2024-01-03-call", type="call", subtype="leaders"))

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            pytest.param("max_sources=1", "visit call", id="that need another source"),
            pytest.param("min_sources=2&max_sources=2", "talks", id="exactly two"),
            pytest.param("top=true", "visit call", id="a visit once"),
            pytest.param("top=true&type=meeting", "", id="a part alone is no occasion"),
            pytest.param("top=false", "visit talks call", id="every event"),
        ],
    )
    def test_filters(self, client: TestClient, query: str, expected: str) -> None:
        assert _ids(client, query) == expected.split()

    @pytest.mark.parametrize(
        ("sort", "first"),
        [("-sources", "talks"), ("sources", "visit"), ("-created", "call"), ("created", "visit")],
    )
    def test_sorts(self, client: TestClient, sort: str, first: str) -> None:
        pages = client.get(f"/v1/events?sort={sort}&limit=1").json()

        assert pages["items"][0]["id"].endswith(first)
        following = client.get(pages["page"]["next"]).json()["items"]
        assert following[0]["id"] != pages["items"][0]["id"]

    def test_created_after_finds_what_was_added(self, client: TestClient) -> None:
        events = client.get("/v1/events?sort=created").json()["items"]

        assert _ids(client, f"created_after={events[0]['created_at']}") == ["call"]

    def test_counts_say_what_they_count(self, client: TestClient) -> None:
        found = client.get("/v1/events?top=true&total=exact&limit=0").json()

        assert (found["items"], found["page"]["total"], found["counted"]) == ([], 2, "occasions")
        assert client.get("/v1/events").json()["counted"] == "events"
