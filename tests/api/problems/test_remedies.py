"""A remedy in a message is accepted when the client follows it."""

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from app.api.dependencies.parameters import QueryParameters
from app.api.problems.other_names import _MEANINGS, advice_for
from app.api.routes import ROUTES

_ID = "2024-11-01-lavrov-choe-strategic-consultations"
# Each path with parameters and with values that people write, or join.
WRONG = {
    "/v1/events": {
        "date": [
            *("2023,2024", "2023;2024", "[2023,2024]", "2023-06|2024/..", "1 May 2024", "2024-5-1"),
            *(
                "20240501",
                "2024/05/01",
                "1.5.2024",
                "2024.05",
                "May 2024",
                "2024-05-01 ",
                "2024-25",
            ),
            *("2024-06-1X", "1950S2", "2024-06-18T10:15", "", "../..", "2024..2025", "2024-1X"),
        ],
        "month_day": ["08-10,08-20", "08-10/08-20,12-01", "15 August", "8-15", "02-30"],
        "type": ["visit,meeting", "visits", "visit|letter"],
        "facets": ["type,side", "type;tag"],
        "fields": ["title,date", "titles"],
        "participant": ["sergey-lavrov,choe-son-hui", "Sergey Lavrov"],
        "participant_all": ["sergey-lavrov,choe-son-hui", "Lavrov,Choe"],
        "company": ["x,y", "X Y"],
        "agency": ["kcna,tass", "x_y", "Bad_id"],
        "house": ["x_y"],
        "publisher": ["TASS,KCNA", "x_y"],
        "country": ["RU,KP", "Russia"],
        "place": ["Москва"],
        "tag": ["summit,treaties"],
        "id": [f"{_ID},2024-a", "talks"],
        "created_after": ["yesterday", "2024-01-01T10:00:00+24:00", "2024-06-30T23:59:61Z"],
        "bbox": ["124 37 131 43"],
        "min_sources": ["1e3", "1000"],
        "limit": ["500", "ten"],
    },
    "/v1/treaties": {"in_force_on": ["2000,2010", "[2000,2010]", "1 May 2000"], "id": ["X Y"]},
    "/v1/participants/resolve": {"on": ["2000,2010", "2000-5-1"]},
    "/v1/places": {"part_of": ["Pyong yang"], "id": ["moscow,pyongyang"]},
    "/v1/offices": {"organisation": ["X Y"]},
    "/v1/publishers": {"house": ["x_y"]},
    "/v1/sources": {"agency": ["x,y", "x_y"], "house": ["x,Y Z_"], "language": ["en,fr", "French"]},
    "/v1/changes": {"since": ["now"]},
    "/v1/network.graphml": {"min_weight": [str(10**7)]},
}
CASES = [
    pytest.param(path, name, value, id=f"{path} {name} {value}")
    for path, of_path in WRONG.items()
    for name, values in of_path.items()
    for value in values
]
_WITH = {"/v1/participants/resolve": "name=Kim&"}


def _remedies(name: str, detail: str) -> Iterator[str]:
    """Yield each query that the message advises."""
    if repeated := re.search(r"repeat the parameter: ([^;… ]+)", detail):
        yield repeated[1].rstrip("&")
    text = detail.partition(" (in ")[0]
    for words, value in re.findall(r"\b(write|such as|or|at most|at least) (['\w./,+:-]+)", text):
        if re.search(r"\d", value) or words == "such as":
            yield f"{name}={quote(value.rstrip(',:'))}"


@pytest.mark.parametrize(("path", "name", "value"), CASES)
def test_each_remedy_is_accepted(
    seeded_client: TestClient, path: str, name: str, value: str
) -> None:
    refused = seeded_client.get(f"{path}?{_WITH.get(path, '')}{name}={quote(value)}")

    assert refused.status_code == 400
    for remedy in _remedies(name, refused.json()["detail"]):
        answer = seeded_client.get(f"{path}?{_WITH.get(path, '')}{remedy}")
        assert answer.status_code in (200, 404), (refused.json()["detail"], remedy)


@pytest.mark.parametrize(
    ("query", "remedy"),
    [
        ("date=2023,2024", "date=2023&date=2024"),
        ("month_day=08-10,08-20", "month_day=08-10&month_day=08-20"),
        ("type=visit;meeting;letter;call", "type=visit&type=meeting&type=letter&…"),
    ],
)
def test_joined_values_are_told_apart(seeded_client: TestClient, query: str, remedy: str) -> None:
    detail = seeded_client.get(f"/v1/events?{query}").json()["detail"]

    assert detail.endswith(f": for several values, repeat the parameter: {remedy}")


@pytest.mark.parametrize(
    ("url", "example"),
    [
        ("/v1/events?agency=x,_", "kcna"),
        ("/v1/events?house=_", "kcna"),
        ("/v1/events?company=_", "sergey-lavrov"),
        ("/v1/events?participant_all=_", "sergey-lavrov"),
        ("/v1/places?part_of=_", "pyongyang"),
        ("/v1/offices?organisation=X Y", "russian-foreign-ministry"),
        ("/v1/publishers/_", "tass"),
    ],
)
def test_an_id_of_the_right_kind_is_shown(
    seeded_client: TestClient, url: str, example: str
) -> None:
    detail = seeded_client.get(url).json()["detail"]

    assert re.search(rf"such as {example}(?:;|$)", detail)


def test_a_wrong_value_is_quoted_as_written(seeded_client: TestClient) -> None:
    assert "'Bad_id'" in seeded_client.get("/v1/events?agency=Bad_id").json()["detail"]
    assert "'Bad_id'" in seeded_client.get("/v1/publishers/Bad_id").json()["detail"]


def test_a_bound_is_a_plain_number(seeded_client: TestClient) -> None:
    after = seeded_client.get(f"/v1/changes?after={10**16}").json()["detail"]

    assert after.endswith("expected a number of at most 999999999999999")


def test_a_number_beyond_every_change_is_no_failure(engine_client: TestClient) -> None:
    assert engine_client.get(f"/v1/changes?after={10**15 - 1}").status_code == 400


def test_advice_on_an_unknown_name_names_a_parameter_of_the_path() -> None:
    names = {name for meaning in _MEANINGS for name in meaning.names.split()}
    parameters = QueryParameters(ROUTES)
    for operation in [route.name for route in ROUTES if isinstance(route, APIRoute)]:
        declared = parameters[operation]
        for name in names - {*declared}:
            advised = re.findall("did you mean '(.*?)'", advice_for(name, declared))
            assert {*advised} <= {*declared}, (operation, name)


def test_the_form_of_features_is_a_parameter(seeded_client: TestClient) -> None:
    for name in ("format", "outputFormat"):
        answer = seeded_client.get(f"/ogc/collections/places/items?{name}=json").json()
        assert "did you mean 'f'?" in answer["detail"]


@pytest.mark.parametrize(
    "path",
    ["/v1/events.atom", "/v1/events.jsonfeed", "/ogc/collections/places/items", "/v1/events"],
)
def test_pages_are_reached_by_the_link_that_the_answer_has(
    seeded_client: TestClient, path: str
) -> None:
    for query in ("cursor=x", "page=2"):
        detail = seeded_client.get(f"{path}?{query}").json()["detail"]
        assert "follow the link to the next page" in detail


def test_a_write_without_a_dry_run_names_the_import_that_has_one() -> None:
    assert "POST /v1/imports?dry_run=true" in advice_for("dry_run", ())
    assert advice_for("validate", ("dry_run",)) == "did you mean 'dry_run'? it writes nothing"
