"""GDAL, on which QGIS rests, opens both collections, and gets the features that it asks for."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.tables.database import Database
from tests.clients.tools import find_tool, run
from tests.docs.pages import API, HOST, read_blocks
from tests.support.servers import served
from tests.support.table_programs import command_of

pytestmark = pytest.mark.sqlite


@pytest.fixture(scope="module")
def root(seeded_sqlite: Database) -> Iterator[str]:
    """The URL of the landing page."""
    url = seeded_sqlite.url.render_as_string(hide_password=False)
    with served(url) as (base, _):
        yield f"{base}/ogc"


def _events(root: str, folder: Path, *options: str) -> list[Any]:
    """Return the features that GDAL reads, as it writes them to a file."""
    out = folder / "out.geojson"
    out.unlink(missing_ok=True)
    source = f"OAPIF:{root}"
    run(["ogr2ogr", "-f", "GeoJSON", str(out), source, "events", *options], folder)
    features: list[Any] = json.loads(out.read_text())["features"]
    return features


def _asked(root: str, query: str) -> dict[str, Any]:
    """Return the same events from the API."""
    url = f"{root.removesuffix('/ogc')}/v1/events?limit=200&{query}"
    events: dict[str, Any] = {}
    while url:
        page = httpx.get(url).json()
        events |= {each["id"]: each for each in page["items"]}
        url = page["page"]["next"]
    return events


# Prints the version of GDAL, the types of two columns, and the ids that it reads with each set of options.
NEWER = """
import json, sys
import pyogrio

def read(**options):
    meta, _, _, columns = pyogrio.raw.read(f"OAPIF:{sys.argv[1]}", layer="events", **options)
    return dict(zip(meta["fields"], columns)), dict(zip(meta["fields"], meta["dtypes"]))

columns, types = read()
asked = [{}, {"bbox": (124, 37, 131, 43)}, {"where": "type = 'visit'"}, {"where": "latest >= '2024/01/01'"}]
print(json.dumps({
    "version": pyogrio.__gdal_version__,
    "types": [types["earliest"], types["latest"]],
    "ids": [sorted(read(**options)[0]["id"]) for options in asked],
}))
"""


@pytest.mark.tables
def test_a_newer_gdal_reads_them_too(root: str) -> None:
    """From 3.12 on it names the reference system, and takes its pages as large as they may be."""
    command = [*command_of("python"), "-c", NEWER, root]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)

    assert done.returncode == 0, done.stderr
    read = json.loads(done.stdout)
    assert read["version"] >= [3, 12]
    assert read["types"] == ["datetime64[D]", "datetime64[D]"]
    inside = [
        id_ for id_, event in _asked(root, "bbox=124,37,131,43").items() if _is_drawn_in(event)
    ]
    others = [_asked(root, query) for query in ("", "type=visit", "date=2024/..")]
    assert read["ids"] == [*map(sorted, (others[0], inside, *others[1:]))]


def _is_drawn_in(event: dict[str, Any]) -> bool:
    """Return whether the first place is in the box: of a journey the API finds every place."""
    place = event["place"]
    return bool(124 <= place["longitude"] <= 131) and 37 <= place["latitude"] <= 43


@pytest.mark.clients
class TestGdal:
    def test_reads_every_event_with_its_types(self, root: str, tmp_path: Path) -> None:
        shown = run(["ogrinfo", "-ro", "-so", f"OAPIF:{root}", "events"], tmp_path)
        features = _events(root, tmp_path)

        events = _asked(root, "")
        assert {each["properties"]["id"] for each in features} == events.keys()
        for each in features:
            bounds = events[each["properties"]["id"]]["date_bounds"]
            days = each["properties"]["earliest"], each["properties"]["latest"]
            assert days == (bounds["start"]["earliest"], bounds["end"]["latest"])
            place = events[each["properties"]["id"]]["place"]
            assert (each["geometry"] is None) is (place is None)
        types = dict(re.findall(r"^(\w+): (\w+)", shown, re.MULTILINE))
        assert (types["earliest"], types["latest"]) == ("Date", "Date")
        assert types["participants"] == "StringList"
        assert f"Feature Count: {len(events)}" in shown

    def test_a_box_gives_the_events_in_it(self, root: str, tmp_path: Path) -> None:
        found = {
            each["properties"]["id"]
            for each in _events(root, tmp_path, "-spat", "124", "37", "131", "43")
        }

        # It leaves out events without a place.
        inside = {
            id_ for id_, event in _asked(root, "bbox=124,37,131,43").items() if _is_drawn_in(event)
        }
        assert found == inside

    def test_a_day_gives_the_events_that_may_be_after_it(self, root: str, tmp_path: Path) -> None:
        found = _events(root, tmp_path, "-where", "latest >= '2024/01/01'")

        assert {each["properties"]["id"] for each in found} == _asked(root, "date=2024/..").keys()

    def test_an_equal_property_is_asked_for(self, root: str, tmp_path: Path) -> None:
        found = _events(root, tmp_path, "-where", "type = 'visit' AND status = 'occurred'")

        expected = _asked(root, "type=visit&status=occurred")
        assert {each["properties"]["id"] for each in found} == expected.keys()

    def test_one_feature_is_found_by_its_id(self, root: str, tmp_path: Path) -> None:
        id_ = "2024-11-01-lavrov-choe-strategic-consultations"

        (found,) = _events(root, tmp_path, "-where", f"id = '{id_}'")

        assert found["properties"]["place"] == "moscow"

    def test_the_commands_of_the_guide_print_what_it_shows(self, root: str, tmp_path: Path) -> None:
        find_tool("ogr2ogr")
        (commands,) = read_blocks(API / "features.md", "sh")
        (shown,) = read_blocks(API / "features.md", "text")

        printed = "".join(
            run(["sh", "-c", command.replace(f"{HOST}/ogc", root)], tmp_path)
            for command in commands.splitlines()
        )

        assert printed == shown
