"""Releases: the command creates them, HTTP clients find them, and they never change."""

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner, Result

from app.cli import app
from app.tables.database import Database
from app.writing.releases import ReleaseError, create_release
from tests.support.builders import make_place, store


def release(database: Database, name: str, seq: int | None = None) -> None:
    """Give a state a name."""
    with database.write() as connection:
        create_release(connection, name, seq)


def run(database: Database, *arguments: str) -> Result:
    """Run the command, and return its exit code and its output."""
    url = database.url.render_as_string(hide_password=False)
    environment = {"TIMELINE_DATABASE_URL": url}
    return CliRunner().invoke(app, ["release", *arguments], env=environment, prog_name="timeline")


class TestListReleases:
    def test_gives_the_newest_first(self, client: TestClient, database: Database) -> None:
        store(database, make_place())
        release(database, "first")
        store(database, make_place("omsk"))
        release(database, "second")
        release(database, "late-name-of-the-first", 1)
        changes = client.get("/v1/changes").json()["items"]

        items = client.get("/v1/releases").json()["items"]

        assert [item["name"] for item in items] == ["late-name-of-the-first", "second", "first"]
        assert [item["seq"] for item in items] == [1, 2, 1]
        assert [(item["at"], item["digest"]) for item in items[:2]] == [
            (change["at"], change["digest"]) for change in changes
        ]

    def test_has_pages_and_a_total(self, client: TestClient, database: Database) -> None:
        store(database, make_place())
        for name in ("a", "b", "c"):
            release(database, name)

        first = client.get("/v1/releases?limit=2&total=exact").json()
        second = client.get(first["page"]["next"]).json()

        assert first["page"]["total"] == 3
        assert [i["name"] for i in (*first["items"], *second["items"])] == ["c", "b", "a"]

    def test_is_empty_without_releases(self, client: TestClient) -> None:
        assert client.get("/v1/releases").json()["items"] == []


class TestMiddleOfWrite:
    def test_cannot_be_a_release(self, database: Database) -> None:
        store(database, make_place(), make_place("omsk"), make_place("tomsk"))

        with pytest.raises(ReleaseError, match="change 2 is in the middle of a write, which ends"):
            release(database, "half", 2)

        release(database, "whole", 3)


class TestGetRelease:
    def test_links_to_its_data(self, client: TestClient, database: Database) -> None:
        store(database, make_place())
        release(database, "2026-11")
        store(database, make_place("omsk"))

        found = client.get("/v1/releases/2026-11").json()
        download = client.head(found["url"])

        assert found["name"] == "2026-11"
        assert download.status_code == 200
        assert 'filename="timeline-2026-11.sqlite"' in download.headers["content-disposition"]

    def test_an_unknown_release_is_not_found(self, client: TestClient) -> None:
        answer = client.get("/v1/releases/2026-11")

        assert answer.status_code == 404
        assert answer.json()["detail"] == "no release has the name '2026-11'"


class TestCommand:
    def test_names_the_present_state(self, client: TestClient, database: Database) -> None:
        store(database, make_place())

        result = run(database, "create", "2026-11")

        assert result.exit_code == 0
        found = client.get("/v1/releases/2026-11").json()
        assert result.output == f"2026-11: the data after change 1, digest {found['digest']}\n"
        assert found["digest"] in run(database, "list").output

    def test_names_a_past_state(self, client: TestClient, database: Database) -> None:
        store(database, make_place())
        store(database, make_place("omsk"))

        assert run(database, "create", "old", "--as-of", "1").exit_code == 0
        assert client.get("/v1/releases/old").json()["seq"] == 1

    @pytest.mark.parametrize(
        ("arguments", "reason"),
        [
            pytest.param(["taken"], "'taken' already names change 1", id="taken"),
            pytest.param(
                ["a", "--as-of", "2"], "no change 2: there are 1 to 1", id="above the newest change"
            ),
            pytest.param(["a", "--as-of", "0"], "no change 0: there are 1 to 1", id="zero"),
        ],
    )
    def test_refuses_a_taken_name_or_an_unknown_change(
        self, database: Database, arguments: list[str], reason: str
    ) -> None:
        store(database, make_place())
        release(database, "taken")

        result = run(database, "create", *arguments)

        assert result.exit_code == 1
        assert reason in result.output

    def test_refuses_an_empty_database(self, database: Database) -> None:
        result = run(database, "create", "2026-11")

        assert result.exit_code == 1
        assert "nothing was ever written" in result.output

    @pytest.mark.parametrize("name", ["A", "a b", "", "a" * 121])
    def test_refuses_an_invalid_name(self, database: Database, name: str) -> None:
        assert run(database, "create", name).exit_code == 2
