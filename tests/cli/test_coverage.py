"""`timeline coverage`, and a file of known gaps that is malformed."""

from pathlib import Path

import pytest

from app.tables.database import Database
from tests.support.builders import make_cast, make_event, store
from tests.support.commands import run

GAPS = "[[gaps]]\ndate = '1961'\ntext.en = 'A visit'\n"


def _url(database: Database) -> str:
    return database.url.render_as_string(hide_password=False)


def test_prints_years_gaps_and_unknown_fields(database: Database, tmp_path: Path) -> None:
    store(database, *make_cast(), make_event(), make_event("2022-talks", date="2022"))
    (tmp_path / "gaps.toml").write_text(GAPS)

    page = run("coverage", database_url=_url(database), TIMELINE_SEEDS=str(tmp_path)).stdout

    assert "2 events rest on 1 sources, of which 1 are independent.\n" in page
    assert "| 2022 | 1 | 1 | 1 | 1 |  |\n| 2023 | 0 | 0 | 0 | 0 | thin |\n| 2024 | 1 |" in page
    assert "\n## Known to be missing\n- 1961: A visit\n" in page
    assert "| persons in events | 4 | office on that day | 4 |\n" in page
    assert "| participants | 2 | 2 | 0 | 0 | 0 |\n" in page
    assert "- Events by the precision of the date: day 1, year 1.\n" in page


def test_a_database_without_events_has_a_page(database: Database, tmp_path: Path) -> None:
    page = run("coverage", database_url=_url(database), TIMELINE_SEEDS=str(tmp_path)).stdout

    assert "0 events rest on 0 sources" in page
    assert "Known to be missing" not in page


@pytest.mark.sqlite
@pytest.mark.parametrize("command", ["coverage", "serve"])
def test_a_malformed_file_of_gaps_is_refused(
    database: Database, tmp_path: Path, command: str
) -> None:
    (tmp_path / "gaps.toml").write_text("[[gaps]]\ndate = '1961'\n")

    result = run(command, database_url=_url(database), TIMELINE_SEEDS=str(tmp_path))

    assert result.exit_code == 1
    assert f"{tmp_path}/gaps.toml: /gaps/0/text: is required\n" in result.stderr
