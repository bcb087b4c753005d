"""pyoxigraph, cffconvert, csvw and mlcroissant read a published release of the seeds."""

import csv
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from app.settings import PROJECT_ROOT
from app.tables.database import Database
from tests.support.published import publish_seeds
from tests.support.table_programs import command_of

PROGRAM = PROJECT_ROOT / "tests/support/archive_readers.py"
pytestmark = [pytest.mark.tables, pytest.mark.sqlite]


@pytest.fixture(scope="module")
def folder(seeded_sqlite: Database, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of the seeds."""
    return publish_seeds(seeded_sqlite, tmp_path_factory.mktemp("published") / "out")


@pytest.fixture(scope="module")
def read(folder: Path) -> Any:
    """The results of the libraries."""
    command = [*command_of("python"), str(PROGRAM), str(folder)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def tables(folder: Path) -> dict[str, list[dict[str, str]]]:
    """The rows of each CSV, as the standard library reads them."""
    rows = {}
    for path in folder.glob("*.csv"):
        with path.open(newline="") as file:
            rows[path.name] = [*csv.DictReader(file)]
    return rows


def test_oxigraph_compares_days(read: Any, folder: Path, tables: Any) -> None:
    early = [row for row in tables["events.csv"] if "" < row["start_earliest"] < "1960"]
    lines = (folder / "timeline.nt").read_text().splitlines()

    assert len({*lines}) == len(lines)
    assert read["graph"] == {"triples": len(lines), "early": len(early)}


def test_the_citation_is_valid(read: Any) -> None:
    assert "author = {Example Institute}" in read["citation"]


def test_csvw_reads_each_table(read: Any, tables: Any) -> None:
    first = tables["events.csv"][0]

    assert read["csvw"]["rows"] == {name: len(rows) for name, rows in tables.items()}
    assert read["csvw"]["first"] == [
        first["id"],
        first["participant_ids"].split("; "),
        f"{first['start_earliest']} 00:00:00",
    ]


def test_croissant_reads_each_record_set(read: Any, tables: Any) -> None:
    sizes = {name.removesuffix(".csv"): len(rows) for name, rows in tables.items()}

    assert read["croissant"] == {"errors": [], "warnings": [], "records": sizes}
