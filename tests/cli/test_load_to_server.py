"""`timeline load --to` against a real server, and its messages when that server refuses."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner, Result

from app import cli
from app.domain.api_keys import new_key
from app.settings import PROJECT_ROOT
from app.tables.database import Database
from app.tables.schema.creation import create_if_empty
from tests.support.apps import make_key
from tests.support.databases import NewDatabase
from tests.support.servers import served

SEEDS = PROJECT_ROOT / "seeds"
# Below the seeds, which have 1.6 MB as NDJSON, and above their places.
LIMIT = 1_000_000


@pytest.fixture(scope="module")
def server(
    new_sqlite: NewDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str]]:
    """The address of a server without records, and a key for it."""
    seeds = tmp_path_factory.mktemp("none")
    (seeds / "none.yaml").write_text("sources: []")
    url = new_sqlite("loaded_to")
    database = Database(url)
    create_if_empty(database)
    key = make_key(database)
    database.close()
    log = seeds / "log"
    with served(url, log=log, seeds=seeds, import_bytes=LIMIT) as (base, _):
        yield base, key
    assert key not in log.read_text()


def _load(server: tuple[str, str], *arguments: str, key: str | None = None) -> Result:
    base, valid = server
    environment = {"TIMELINE_KEY": valid if key is None else key, "COLUMNS": "200"}
    command = ["load", *arguments, "--to", base]
    return CliRunner().invoke(cli.app, command, env=environment, prog_name="timeline")


def test_a_repeated_load_changes_nothing(server: tuple[str, str]) -> None:
    places = str(SEEDS / "places.yaml")

    dry = _load(server, places, "--dry-run")
    first = _load(server, places)
    again = _load(server, places)

    assert [result.exit_code for result in (dry, first, again)] == [0, 0, 0]
    assert re.search(r"place\s*│ 39\s*│ 0\s*│ 0", dry.stdout)
    assert re.search(r"place\s*│ 39\s*│ 0\s*│ 0", first.stdout)
    assert re.search(r"place\s*│ 0\s*│ 0\s*│ 39", again.stdout)
    page = httpx.get(f"{server[0]}/v1/places?total=exact&limit=1").json()["page"]
    assert page["total"] == 39


def test_reports_errors_of_the_server_at_the_lines_of_the_local_file(
    server: tuple[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "participants.csv"
    path.write_text(
        "id,kind,country,name_en,position_titles,position_organisations\n"
        "a,person,RU,A,,\n"
        "b,person,RU,B,Minister,nowhere\n"
        "a,person,RU,A,,\n"
    )

    result = _load(server, str(path))

    assert result.exit_code == 1
    assert [line.replace(str(path), "FILE") for line in result.stderr.splitlines()] == [
        "FILE:3: b: column position_organisations, value 1: there is no participant 'nowhere'",
        "FILE:4: a: column id: this participant is already at FILE:2",
        "2 errors: nothing was written",
    ]


def test_a_table_that_lacks_stored_values_is_refused(
    server: tuple[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "tags.csv"
    whole = "id,name_en,name_fr\nomitted,Omitted,Omis\n"
    path.write_text(whole)
    first = _load(server, str(path))
    path.write_text("id,name_en\nomitted,Omitted\n")

    refused = _load(server, str(path))
    allowed = _load(server, str(path), "--delete-omitted")

    assert [result.exit_code for result in (first, refused, allowed)] == [0, 1, 0]
    assert refused.stderr.startswith(f"{path}:2: omitted: would delete names/fr of the stored tag")


@pytest.mark.parametrize("path", ["places.yaml", ""], ids=["a small body", "a large body"])
def test_reports_an_unknown_key(server: tuple[str, str], path: str) -> None:
    key = new_key()

    result = _load(server, str(SEEDS / path), key=key)

    assert result.exit_code == 1
    assert result.stderr.endswith(
        "does not accept the key: this key is unknown; nothing was written\n"
    )
    assert key not in result.output


def test_reports_a_body_above_the_limit(server: tuple[str, str]) -> None:
    result = _load(server, str(SEEDS))

    assert result.exit_code == 1
    assert "too much at once: " in result.stderr


def test_the_server_reads_the_body_of_a_client_that_offers_http_2(server: tuple[str, str]) -> None:
    """The HTTP client of Java makes this offer."""
    base, key = server
    sinuiju = {"id": "sinuiju", "names": {"en": "Sinuiju"}, "country": "KP", "precision": "city"}
    offer = {
        "Connection": "Upgrade, HTTP2-Settings",
        "Upgrade": "h2c",
        "HTTP2-Settings": "AAEAAEAA",
    }

    answer = httpx.put(
        f"{base}/v1/places/sinuiju",
        json={**sinuiju, "latitude": 40.1, "longitude": 124.4},
        headers={**offer, "Authorization": f"Bearer {key}", "If-None-Match": "*"},
    )

    assert answer.status_code == 201, answer.text
