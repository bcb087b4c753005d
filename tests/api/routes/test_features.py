"""OGC API – Features 1.0: the abstract tests of the standard (OGC 17-069r4, annex A) as far as they apply, and more.

Names of tests in comments are those of the annex. Answers have the time at which they were made, so the two
engines are asked one after the other.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.domain.vocabulary import EntityKind
from app.formats.features.collections import OPENAPI
from app.reading.parameters.features import MOST_ITEMS, parse_feature_box, parse_feature_time
from app.tables.database import Database
from tests.support.answers import JsonObject, walk_items
from tests.support.builders import end, make_cast, make_event, make_place, store
from tests.support.chance import scaled
from tests.support.features_schemas import check_features_answer
from tests.support.pages import ReadPage

ROOT = "/ogc"
HOST = "http://testserver"
EVENTS = f"{ROOT}/collections/events"
PLACES = f"{ROOT}/collections/places"
# The document of each path that is no feature: its kind.
DOCUMENTS = {
    ROOT: "landing page",
    f"{ROOT}/": "landing page",
    f"{ROOT}/conformance": "conformance",
    f"{ROOT}/collections": "collections",
    EVENTS: "collection",
    PLACES: "collection",
}
QUERYABLES = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


def _get(client: TestClient, url: str, kind: str = "features") -> JsonObject:
    answer = client.get(url)
    assert answer.status_code == 200, answer.text
    check_features_answer(kind, answer.json())
    document: JsonObject = answer.json()
    return document


def _walk(client: TestClient, url: str) -> Iterator[JsonObject]:
    """Yield every feature, page by page, as the `next` links lead."""
    following: str | None = url
    while following:
        page = _get(client, following)
        assert page["numberReturned"] == len(page["features"])
        yield from page["features"]
        following = next((e["href"] for e in page["links"] if e["rel"] == "next"), None)


def _ids(client: TestClient, url: str) -> list[str]:
    return [feature["id"] for feature in _walk(client, url)]


def _links(document: JsonObject, relation: str) -> list[JsonObject]:
    return [each for each in document["links"] if each["rel"] == relation]


class TestDocuments:
    @pytest.mark.parametrize("path", DOCUMENTS)
    def test_each_has_its_form_and_its_links(self, seeded_client: TestClient, path: str) -> None:
        # root-op, root-success, conformance-op, fc-md-op, fc-md-links, sfc-md-op, http.
        document = _get(seeded_client, path, DOCUMENTS[path])

        assert [each["type"] for each in _links(document, "self")] == ["application/json"]
        assert [each["type"] for each in _links(document, "alternate")] == ["text/html"]

    def test_each_link_of_the_landing_page_answers(self, seeded_client: TestClient) -> None:
        # api-definition-op.
        document = _get(seeded_client, ROOT, "landing page")

        relations = {each["rel"] for each in document["links"]}
        assert relations >= {
            "self",
            "alternate",
            "service-desc",
            "service-doc",
            "conformance",
            "data",
        }
        for each in document["links"]:
            if each["href"].startswith(HOST):
                answer = seeded_client.get(each["href"])
                assert answer.status_code == 200, each
                assert answer.headers["content-type"].startswith(each["type"].partition(";")[0])

    def test_the_conformance_names_the_core(self, seeded_client: TestClient) -> None:
        # conformance-success.
        classes = _get(seeded_client, f"{ROOT}/conformance", "conformance")["conformsTo"]

        assert {each.rpartition("/")[2] for each in classes} == {
            *("core", "oas30", "geojson", "html", "crs", "queryables"),
            "queryables-query-parameters",
        }

    def test_a_collection_alone_is_the_one_of_the_list(self, seeded_client: TestClient) -> None:
        # sfc-md-success, fc-md-items, fc-md-items-links.
        listed = _get(seeded_client, f"{ROOT}/collections", "collections")["collections"]

        assert [each["id"] for each in listed] == ["events", "places"]
        for each in listed:
            assert _get(seeded_client, f"{ROOT}/collections/{each['id']}", "collection") == each
            items = _links(each, "items")
            assert [link["type"] for link in items] == ["application/geo+json", "text/html"]
            # GDAL adds the id of a feature to it.
            assert "?" not in items[0]["href"]
            assert each["crs"] == [CRS84]

    @pytest.mark.parametrize("path", [EVENTS, PLACES])
    def test_the_extent_holds_every_feature(self, engine_client: TestClient, path: str) -> None:
        # fc-md-extent.
        extent = _get(engine_client, path, "collection")["extent"]
        west, south, east, north = extent["spatial"]["bbox"][0]

        for feature in _walk(engine_client, f"{path}/items?limit=500"):
            if feature["geometry"]:
                x, y = feature["geometry"]["coordinates"]
                assert west <= x <= east
                assert south <= y <= north
            if "temporal" in extent:
                first, last = extent["temporal"]["interval"][0]
                assert first is None or feature["properties"]["earliest"] >= first[:10]
                assert last is None or feature["properties"]["latest"] <= last[:10]

    def test_an_empty_timeline_has_no_extent(self, client: TestClient, database: Database) -> None:
        assert _get(client, EVENTS, "collection")["extent"] == {}
        assert _get(client, f"{EVENTS}/items")["features"] == []

    @pytest.mark.parametrize("collection", ["events", "places"])
    def test_each_queryable_is_a_parameter_and_a_property(
        self, engine_client: TestClient, collection: str
    ) -> None:
        # Part 3: get-queryables-response, parameters.
        path = f"{ROOT}/collections/{collection}"
        answer = engine_client.get(f"{path}/queryables")
        feature = _get(engine_client, f"{path}/items?limit=1")["features"][0]

        assert answer.headers["content-type"] == "application/schema+json"
        schema = answer.json()
        assert schema["$id"] == f"{HOST}{path}/queryables"
        assert schema["properties"].pop("geometry")["format"] == "geometry-point"
        (items,) = [
            each["get"]
            for name, each in engine_client.get(f"{ROOT}/api").json()["paths"].items()
            if name == f"/collections/{collection}/items"
        ]
        declared = {each["name"]: each["schema"] for each in items["parameters"] if "name" in each}
        assert declared == {
            name: {key: value for key, value in each.items() if key != "title"}
            for name, each in schema["properties"].items()
        }
        assert declared.keys() <= feature["properties"].keys()


class TestItems:
    @pytest.mark.parametrize(
        ("path", "listed"), [(EVENTS, "/v1/events?sort=date"), (PLACES, "/v1/places")]
    )
    def test_the_pages_hold_each_feature_once(
        self, engine_client: TestClient, path: str, listed: str
    ) -> None:
        # fc-op, fc-response, fc-numberMatched, fc-numberReturned, fc-limit-response.
        assert _links(_get(engine_client, f"{path}/items?limit=1"), QUERYABLES)
        ids = _ids(engine_client, f"{path}/items?limit=200")

        expected = [
            item["id"]
            for item in walk_items(
                engine_client, f"{listed}&limit=200".replace("places&", "places?")
            )
        ]
        assert ids == expected
        assert _get(engine_client, f"{path}/items?limit=1")["numberMatched"] == len(ids)

    @pytest.mark.parametrize("limit", [MOST_ITEMS + 1, 10**20])
    def test_a_limit_beyond_the_maximum_means_the_maximum(
        self, engine_client: TestClient, limit: int
    ) -> None:
        page = _get(engine_client, f"{EVENTS}/items?limit={limit}")

        assert page["numberReturned"] == MOST_ITEMS

    def test_the_page_before_is_the_page_before(self, engine_client: TestClient) -> None:
        first = _get(engine_client, f"{EVENTS}/items?limit=3&type=visit")
        second = _get(engine_client, _links(first, "next")[0]["href"])
        back = _get(engine_client, _links(second, "prev")[0]["href"])

        assert back["features"] == first["features"]
        assert "type=visit" in _links(second, "prev")[0]["href"]

    @pytest.mark.parametrize("path", [f"{EVENTS}/items?type=visit", f"{PLACES}/items?country=RU"])
    def test_a_client_may_skip_features_instead_of_following_links(
        self, engine_client: TestClient, path: str
    ) -> None:
        # @camptocamp/ogc-client 1.3.0 sends `offset=0` with its first request.
        everything = _ids(engine_client, f"{path}&limit=500")
        assert len(everything) > 7

        skipped = [
            each["id"]
            for offset in range(0, len(everything), 7)
            for each in _get(engine_client, f"{path}&limit=7&offset={offset}")["features"]
        ]
        assert skipped == everything
        assert _ids(engine_client, f"{path}&limit=7&offset=5") == everything[5:]

    def test_a_page_beyond_the_end_is_empty(self, engine_client: TestClient) -> None:
        count = _get(engine_client, f"{PLACES}/items?limit=1")["numberMatched"]
        for offset in (count, count + 1, 1_000_000):
            page = _get(engine_client, f"{PLACES}/items?offset={offset}")

            assert (page["features"], page["numberMatched"]) == ([], count)
            assert not _links(page, "next")

    def test_the_time_is_the_time_of_the_answer(self, client: TestClient) -> None:
        # fc-timeStamp.
        made = datetime.fromisoformat(_get(client, f"{EVENTS}/items")["timeStamp"])

        assert abs((datetime.now(UTC) - made).total_seconds()) < 60

    def test_an_item_is_the_one_of_the_list(self, engine_client: TestClient) -> None:
        # f-op, f-success, f-links, geojson/content.
        for path in (EVENTS, PLACES):
            for feature in _get(engine_client, f"{path}/items?limit=3")["features"]:
                alone = _get(engine_client, f"{path}/items/{feature['id']}", "feature")
                assert [each["rel"] for each in alone["links"]][:3] == [
                    *("self", "alternate", "collection")
                ]
                assert {key: alone[key] for key in feature} == feature

    def test_geometries_are_in_crs84(self, engine_client: TestClient) -> None:
        # crs84.
        answer = engine_client.get(f"{PLACES}/items/moscow")

        assert answer.headers["content-crs"] == f"<{CRS84}>"
        assert answer.headers["content-type"] == "application/geo+json"
        longitude, latitude = answer.json()["geometry"]["coordinates"]
        assert (round(longitude), round(latitude)) == (38, 56)

    def test_the_reference_system_may_be_named(self, engine_client: TestClient) -> None:
        """GDAL 3.12 names it in each request."""
        query = urlencode({"bbox": "129,41,131,43", "bbox-crs": CRS84, "crs": CRS84, "limit": 1})

        first = _get(engine_client, f"{PLACES}/items?{query}")

        assert _ids(engine_client, f"{PLACES}/items?{query}") == _ids(
            engine_client, f"{PLACES}/items?bbox=129,41,131,43"
        )
        assert urlencode({"bbox-crs": CRS84}) in _links(first, "next")[0]["href"]

    def test_texts_are_in_the_language(self, engine_client: TestClient) -> None:
        place = _get(engine_client, f"{PLACES}/items/moscow?lang=ko", "feature")

        assert place["properties"]["name"] == "모스크바"
        assert "/ko/places/moscow" in place["properties"]["page"]

    def test_a_merged_event_leads_to_its_survivor(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, *make_cast(), make_event(), make_event("2024-11-02-talks"))
        end(database, EntityKind.EVENT, "2024-11-02-talks", "2024-11-01-talks")

        answer = client.get(f"{EVENTS}/items/2024-11-02-talks?f=json", follow_redirects=False)

        assert answer.status_code == 308
        assert answer.headers["location"] == f"{HOST}{EVENTS}/items/2024-11-01-talks?f=json"

    def test_days_are_the_only_times_among_the_properties(self, engine_client: TestClient) -> None:
        """GDAL types a column by its first rows, and asks for the time of a feature by any column of times."""
        times = {
            name
            for feature in _walk(engine_client, f"{EVENTS}/items?limit=500")
            for name, value in feature["properties"].items()
            if isinstance(value, str) and value[:4].isdecimal() and value[4:5] == "-"
        }

        assert times == {"earliest", "latest"}


class TestQgis:
    """The requests of QGIS 3.22, as `tests/support/qgis_trial.py` saw them."""

    ITEMS = "application/geo+json, application/json"
    DEFINITION = (
        "application/vnd.oai.openapi+json;version=3.0, application/openapi+json;version=3.0, "
        "application/json"
    )

    @pytest.mark.parametrize(
        ("path", "accepted"),
        [
            (ROOT, "application/json"),
            (f"{ROOT}/api", DEFINITION),
            (EVENTS, "application/json"),
            (f"{EVENTS}/items?limit=10", ITEMS),
            (f"{EVENTS}/items?limit=500&bbox=124,37,131,43", ITEMS),
            (f"{EVENTS}/items?limit=500&datetime=2024-06-18", ITEMS),
            (f"{EVENTS}/items?limit=500&datetime=2024-06-18%2F2024-06-30", ITEMS),
            (f"{EVENTS}/items?limit=500&datetime=2024-01-01%2F9999-12-31T00:00:00Z", ITEMS),
            (f"{EVENTS}/items?limit=500&datetime=0000-01-01T00:00:00Z%2F1950-01-01", ITEMS),
            (f"{PLACES}/items?limit=500&bbox=170,-90,180,90", ITEMS),
        ],
    )
    def test_each_is_answered_in_a_type_that_it_accepts(
        self, engine_client: TestClient, path: str, accepted: str
    ) -> None:
        answer = engine_client.get(path, headers={"Accept": accepted})

        assert answer.status_code == 200, answer.text
        media_type = answer.headers["content-type"].partition("; charset")[0]
        assert media_type in accepted.split(", ")
        assert answer.json()


class TestBox:
    def _store(self, database: Database) -> None:
        fiji = make_place("suva", country="FJ", latitude=-18.1, longitude=178.4)
        samoa = make_place("apia", country="WS", latitude=-13.8, longitude=-171.8)
        store(database, *make_cast(), make_place(), fiji, samoa)
        store(
            database,
            make_event("2024-01-01-moscow", date="2024-01-01", place="moscow"),
            make_event("2024-01-02-suva", date="2024-01-02", place="suva"),
            make_event("2024-01-03-apia", date="2024-01-03", place="apia"),
            make_event("2024-01-04-nowhere", date="2024-01-04"),
            make_event(
                "2024-01-05-journey", date="2024-01-05", place="moscow", further_places=["suva"]
            ),
        )

    @pytest.mark.parametrize(
        ("box", "expected"),
        [
            pytest.param("37,55,38,56", ["moscow", "journey"], id="four numbers"),
            pytest.param("37,55,-10,38,56,9000.5", ["moscow", "journey"], id="six numbers"),
            pytest.param("170,-20,-170,-10", ["suva", "apia"], id="across the antimeridian"),
            pytest.param("-170,-20,170,-10", [], id="the rest of that belt"),
            pytest.param("178.4,-18.1,178.4,-18.1", ["suva"], id="a point"),
            pytest.param("1.78e2,-19.,1.79E+2,-.5e1", ["suva"], id="other ways to write numbers"),
            pytest.param("-180,-90,180,90", ["moscow", "suva", "apia", "journey"], id="the world"),
        ],
    )
    def test_holds_what_lies_in_it_and_what_has_no_place(
        self, client: TestClient, database: Database, box: str, expected: list[str]
    ) -> None:
        # fc-bbox-response: features without a geometry are in every box.
        self._store(database)

        ids = _ids(client, f"{EVENTS}/items?limit=1&{urlencode({'bbox': box})}")
        places = _ids(client, f"{PLACES}/items?{urlencode({'bbox': box})}")

        assert {id_[11:] for id_ in ids} == {*expected, "nowhere"}
        assert {*places} == {*expected} - {"journey"}

    @pytest.mark.parametrize(
        "box",
        [
            *("1,2,3", "1,2,3,4,5", "a,b,c,d", "1,2,3,nan", "1,2,3,inf", "1,,3,4", "0,10,10,0"),
            *("-181,0,10,10", "0,0,10,91", "0,0,5,10,10,1", "0 0 10 10", "0,0,1_0,10", "٠,0,1,1"),
        ],
    )
    def test_a_wrong_one_is_refused(self, engine_client: TestClient, box: str) -> None:
        # query-param-invalid.
        answer = engine_client.get(f"{EVENTS}/items", params={"bbox": box})

        assert answer.status_code == 400
        assert answer.json()["detail"].startswith("bbox: ")


class TestTime:
    EVENTS = {
        "1961-07-06-day": "1961-07-06",
        "1961-07-month": "1961-07",
        "1961-year": "1961~",
        "1991-open": "1991-12/..",
        "1948-before": "../1948-12",
    }

    @pytest.mark.parametrize(
        ("time", "expected"),
        [
            pytest.param("1961-07-06T12:30:00Z", "day month year", id="an instant"),
            pytest.param("1961-07-06t12:30:00.123z", "day month year", id="a fraction of it"),
            pytest.param("1961-07-07T00:00:00+09:00", "month year", id="the day as written"),
            pytest.param(
                "1961-08-01T00:00:00Z/1991-12-31T00:00:00Z", "year open", id="an interval"
            ),
            pytest.param("1990-01-01T00:00:00Z/..", "open", id="an open end"),
            pytest.param("1990-01-01T00:00:00Z/", "open", id="an end of nothing"),
            pytest.param("../1948-01-01T00:00:00Z", "before", id="an open start"),
            pytest.param("/1948-01-01T00:00:00Z", "before", id="a start of nothing"),
            pytest.param(
                "0000-01-01T00:00:00Z/1948-01-01", "before", id="before, as QGIS sends it"
            ),
            pytest.param("1990-01-01/9999-12-31T00:00:00Z", "open", id="after, as QGIS sends it"),
            pytest.param("0000-02-29T00:00:00+09:00", "before", id="an instant in the year 0"),
            pytest.param("1961-07-06", "day month year", id="a day"),
            pytest.param("1961-07-06T/..", "day month year open", id="a day as GDAL sends it"),
            pytest.param("1961", "day month year", id="a year in EDTF"),
        ],
    )
    def test_an_event_that_may_have_happened_then_is_found(
        self, client: TestClient, database: Database, time: str, expected: str
    ) -> None:
        # fc-time-response.
        events = [make_event(id_, date=on) for id_, on in self.EVENTS.items()]
        store(database, *make_cast(), make_place(), *events)

        ids = _ids(client, f"{EVENTS}/items?{urlencode({'datetime': time})}")
        places = _ids(client, f"{PLACES}/items?{urlencode({'datetime': time})}")

        assert {id_.rpartition("-")[2] for id_ in ids} == {*expected.split()}
        assert places == ["moscow"], "a place has no time, so each meets it"

    def test_two_times_must_both_be_met(self, client: TestClient, database: Database) -> None:
        """GDAL sends one for each column in a filter."""
        events = [make_event(id_, date=on) for id_, on in self.EVENTS.items()]
        store(database, *make_cast(), *events)

        ids = _ids(client, f"{EVENTS}/items?datetime=1961-07-01T%2F..&datetime=..%2F1961-07-31T")

        assert {id_.rpartition("-")[2] for id_ in ids} == {"day", "month", "year"}

    @pytest.mark.parametrize(
        "time",
        [
            *(
                "..",
                "../..",
                "/",
                "a/b",
                "2024-13-01T00:00:00Z",
                "2024-01-01T25:00:00Z",
                "yesterday",
            ),
            *("2024-01-02T00:00:00Z/2024-01-01T00:00:00Z", "2024/2025/2026", "2024-02-30T"),
            *("0000-13-01T00:00:00Z/1950-01-01", "0000-02-30/..", "1950-01-01/0000-01-01"),
        ],
    )
    def test_a_wrong_one_is_refused(self, engine_client: TestClient, time: str) -> None:
        for path in (EVENTS, PLACES):
            answer = engine_client.get(f"{path}/items", params={"datetime": time})
            assert answer.status_code == 400
            assert answer.json()["detail"].startswith("datetime: ")

    def test_box_time_and_properties_must_all_be_met(self, engine_client: TestClient) -> None:
        query = "bbox=124,37,131,43&datetime=2024&type=visit&status=occurred"
        ids = _ids(engine_client, f"{EVENTS}/items?{query}")

        parts = [
            {*_ids(engine_client, f"{EVENTS}/items?limit=500&{each}")} for each in query.split("&")
        ]
        assert {*ids} == set.intersection(*parts)
        assert ids


class TestRefusals:
    @pytest.mark.parametrize(
        ("path", "query", "detail"),
        [
            ("/items", "foo=1", "unknown parameter 'foo'"),
            ("/items", "limit=0", "limit: "),
            ("/items", "limit=a", "limit: "),
            ("/items", "offset=-1", "offset: "),
            ("/items", "offset=1000001", "offset: "),
            ("/items", "f=xml", "f: "),
            ("/items", "type=nonsense", "type: found the text 'nonsense'"),
            ("/items", "cursor=abc", "cursor"),
            ("/items", "crs=EPSG:4326", "crs: "),
            ("/items", "bbox-crs=EPSG:4326", "bbox-crs: "),
            ("", "limit=1", "unknown parameter 'limit'"),
            ("/queryables", "bbox=1,1,2,2", "unknown parameter 'bbox'"),
            ("/items", "as_of=3", "unknown parameter 'as_of'"),
        ],
    )
    def test_a_wrong_parameter_is_400(
        self, engine_client: TestClient, path: str, query: str, detail: str
    ) -> None:
        # query-param-unknown, query-param-invalid.
        answer = engine_client.get(f"{EVENTS}{path}?{query}")

        assert answer.status_code == 400
        assert detail in answer.json()["detail"]

    @pytest.mark.parametrize(
        "path", ["/ogc/collections/people", f"{EVENTS}/items/2024-01-01-nothing", "/ogc/nothing"]
    )
    def test_an_unknown_path_is_404(self, seeded_client: TestClient, path: str) -> None:
        assert seeded_client.get(path).status_code == 404

    @pytest.mark.parametrize("collection", [EVENTS, PLACES])
    @pytest.mark.parametrize(
        "id_",
        [
            pytest.param("nope", id="no date"),
            pytest.param("Nope", id="a capital"),
            pytest.param("a" * 5000, id="a long one"),
            pytest.param("a_b", id="another sign"),
            pytest.param("%00", id="NUL"),
            pytest.param("%C3%A9", id="another letter"),
            pytest.param("%FF", id="no UTF-8"),
        ],
    )
    def test_an_id_of_another_form_is_404(
        self, engine_client: TestClient, collection: str, id_: str
    ) -> None:
        # Features Part 1, table 8.
        answer = engine_client.get(f"{collection}/items/{id_}")

        assert answer.status_code == 404
        assert len(answer.json()["detail"]) < 300

    @pytest.mark.parametrize(
        "time", ["0000-00-00", "0000-13-01", "0000-02-30T00:00:00Z", "2024-01-01/0000-02-30"]
    )
    def test_a_wrong_time_is_quoted_as_it_was_sent(
        self, engine_client: TestClient, time: str
    ) -> None:
        detail = engine_client.get(f"{EVENTS}/items", params={"datetime": time}).json()["detail"]

        assert "0000-" in detail
        assert "2000" not in detail

    @pytest.mark.parametrize("path", ["", "/items", "/items/a", "/queryables"])
    def test_an_unknown_collection_is_told_the_known_ones(
        self, seeded_client: TestClient, path: str
    ) -> None:
        answer = seeded_client.get(f"/ogc/collections/people{path}")

        assert answer.status_code == 404
        detail = "there is no collection 'people'; the collections are events and places"
        assert answer.json()["detail"] == detail

    def test_a_script_of_another_site_may_read_the_reference_system(
        self, seeded_client: TestClient
    ) -> None:
        answer = seeded_client.get(f"{PLACES}/items?limit=1")

        exposed = answer.headers["access-control-expose-headers"].split(", ")
        assert "Content-Crs" in exposed


class TestPages:
    @pytest.mark.parametrize(
        "path",
        [
            *DOCUMENTS,
            f"{EVENTS}/items?limit=20",
            f"{PLACES}/items?limit=20&lang=ru",
            f"{EVENTS}/items/2024-11-01-lavrov-choe-strategic-consultations",
            f"{PLACES}/items/moscow?lang=ko",
            f"{EVENTS}/queryables",
            f"{ROOT}/api",
        ],
    )
    def test_a_browser_gets_a_page_whose_links_work(
        self, engine_client: TestClient, path: str
    ) -> None:
        # html/definition, html/content.
        answer = engine_client.get(path, headers={"Accept": "text/html,*/*;q=0.8"})
        asked = engine_client.get(path, params={"f": "html"} if "?" not in path else None)

        assert answer.headers["content-type"].startswith("text/html")
        assert answer.headers["vary"].count("Accept,") or "Accept" in answer.headers["vary"]
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        page = ReadPage(answer.text)
        assert page.faults == []
        inside = [link for link in page.links if link.startswith(f"{HOST}/ogc")]
        assert {engine_client.get(link).status_code for link in inside} == {200}
        assert asked.status_code == 200

    @pytest.mark.parametrize(
        "accept",
        [
            "*/*",
            "application/json",
            "application/geo+json, application/json",
            "application/vnd.oai.openapi+json;version=3.0, application/openapi+json;version=3.0",
        ],
    )
    def test_a_program_gets_json(self, engine_client: TestClient, accept: str) -> None:
        for path in (ROOT, f"{ROOT}/api", f"{EVENTS}/items?limit=1"):
            answer = engine_client.get(path, headers={"Accept": accept})
            assert "json" in answer.headers["content-type"]

    @pytest.mark.parametrize(
        ("path", "media_type"),
        [
            (f"{EVENTS}/items?limit=1", "application/geo+json"),
            (f"{PLACES}/items/moscow", "application/geo+json"),
            (f"{EVENTS}/queryables", "application/schema+json"),
            (f"{ROOT}/api", "application/vnd.oai.openapi+json"),
            (f"{ROOT}/api", "application/vnd.oai.openapi+json;version=3.0"),
            (ROOT, "application/json"),
        ],
    )
    @pytest.mark.parametrize(
        ("order", "is_page"),
        [
            pytest.param("{}, text/html;q=0.1", False, id="JSON"),
            pytest.param("text/html;q=0.9, {};q=0.8", True, id="a page"),
            pytest.param("{};q=0, text/html", True, id="no JSON"),
            pytest.param("text/html;q=0, {};q=0.1", False, id="no page"),
        ],
    )
    def test_the_client_says_which_it_prefers(
        self, engine_client: TestClient, path: str, media_type: str, order: str, is_page: bool
    ) -> None:
        # RFC 9110, section 12.5.1.
        answer = engine_client.get(path, headers={"Accept": order.format(media_type)})

        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/html") == is_page
        assert "Accept" in answer.headers["vary"].split(", ")

    def test_a_page_writes_truth_values_as_json(self, engine_client: TestClient) -> None:
        text = engine_client.get(f"{EVENTS}/items/2024-06-18-putin-state-visit-dprk?f=html").text

        values = dict(re.findall('<th scope="row">([^<]*)</th><td>([^<]*)</td>', text))
        assert (values["approximate"], values["uncertain"]) == ("false", "false")

    def test_the_definition_has_both_forms(self, engine_client: TestClient) -> None:
        as_json = engine_client.get(f"{ROOT}/api?f=json")
        text = engine_client.get(f"{ROOT}/api?f=html").text
        page = ReadPage(text)

        assert as_json.headers["content-type"] == OPENAPI
        entries = {each.strip() for each in re.findall(r"<li>(?:<a[^>]*>)?([^<]+)<", text)}
        assert {*as_json.json()["paths"]} <= entries
        assert f"{HOST}/guide/api/features" in page.links
        shown = as_json.json()["paths"]["/api"]["get"]
        assert "text/html" in shown["responses"]["200"]["content"]


class TestParsing:
    @settings(max_examples=scaled(100))
    @given(text=st.one_of(st.text("0123456789.,-+eE ", max_size=40), st.text(max_size=10)))
    def test_any_box_is_read_or_refused(self, text: str) -> None:
        try:
            west, south, east, north = parse_feature_box(text)
        except ValueError:
            return
        assert -180 <= west <= 180
        assert -180 <= east <= 180
        assert -90 <= south <= north <= 90

    @settings(max_examples=scaled(100))
    @given(text=st.one_of(st.text("0123456789-T:Z/.X~ ", max_size=45), st.text(max_size=10)))
    def test_any_time_is_read_or_refused(self, text: str) -> None:
        try:
            first, last = parse_feature_time(text)
        except ValueError:
            return
        assert first <= last

    @settings(max_examples=scaled(50))
    @given(at=st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)))
    def test_an_instant_is_its_day(self, at: datetime) -> None:
        day = date(at.year, at.month, at.day)

        assert parse_feature_time(f"{at.isoformat()}Z") == (day, day)
        assert parse_feature_time(f"{at:%Y-%m-%dT%H:%M:%S}-11:30".zfill(25)) == (day, day)


_VALUES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["events", "1,2,3,4", "2024/..", "visit", "html", "json", "10", "KP", "moscow"]
    ),
)


class TestAnyRequest:
    @pytest.mark.thorough
    @settings(max_examples=scaled(150))
    @given(
        path=st.sampled_from(
            [
                "",
                "/api",
                "/collections",
                "/collections/events/items",
                "/collections/places/items",
                "/collections/places/queryables",
            ]
        ),
        query=st.dictionaries(
            st.sampled_from(
                [
                    "bbox",
                    "datetime",
                    "limit",
                    "cursor",
                    "f",
                    "lang",
                    "type",
                    "country",
                    "part_of",
                    "x",
                ]
            ),
            _VALUES,
            max_size=3,
        ),
    )
    def test_is_answered_or_refused(
        self, engine_client: TestClient, path: str, query: dict[str, Any]
    ) -> None:
        answer = engine_client.get(f"{ROOT}{path}", params=query)

        assert answer.status_code in (200, 400), answer.text
        if answer.status_code == 400:
            assert json.loads(answer.text)["detail"]
