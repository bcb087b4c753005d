"""A clock that jumps ahead: its stamps would stay in all later changes."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import structlog.testing
from sqlalchemy import update
from starlette.testclient import TestClient

from app.tables import core as t
from app.tables.base import utc_now
from app.tables.clock import Clock, ClockJumpError
from app.tables.database import Database
from tests.support.builders import make_place, store
from tests.support.editing import Editing, plain

DAY, YEAR = timedelta(days=1), timedelta(days=365)


@pytest.mark.sqlite
class TestClock:
    @pytest.mark.parametrize(
        ("start", "now", "last"),
        [
            pytest.param(0 * DAY, 0 * DAY, None, id="first change"),
            pytest.param(0 * DAY, 0 * DAY, -YEAR, id="a year without a write"),
            pytest.param(0 * DAY, 0.9 * DAY, -YEAR, id="a small correction"),
            pytest.param(0 * DAY, -YEAR, 0 * DAY, id="the clock went back"),
            pytest.param(-50 * YEAR, 0 * DAY, -DAY, id="the clock was unset at the start"),
            pytest.param(0 * DAY, 5 * YEAR, 5 * YEAR, id="another process has stamped so"),
        ],
    )
    def test_accepts(self, start: timedelta, now: timedelta, last: timedelta | None) -> None:
        present = utc_now()
        clock = Clock(DAY, present + start)

        clock.check(present + now, None if last is None else present + last)

    def test_refuses_a_jump_and_accepts_the_corrected_clock(self) -> None:
        present = utc_now()
        clock = Clock(DAY, present)

        with pytest.raises(ClockJumpError, match="correct the clock"):
            clock.check(present + 5 * YEAR, present - DAY / 2)
        clock.check(present, present - DAY / 2)

    def test_a_small_difference_of_two_clocks_hides_no_jump(self) -> None:
        """The clock of PostgreSQL may be seconds ahead of the clock of this process."""
        present = utc_now()
        clock = Clock(DAY, present)

        with pytest.raises(ClockJumpError):
            clock.check(present + 5 * YEAR, present + timedelta(seconds=5))

    def test_a_jump_after_a_correction_is_refused(self) -> None:
        present = utc_now()
        clock = Clock(DAY, present - 50 * YEAR)
        clock.check(present, present - DAY)

        with pytest.raises(ClockJumpError):
            clock.check(present + 2 * DAY, present)

    def test_no_limit(self) -> None:
        Clock(timedelta(0), utc_now()).check(utc_now() + 5 * YEAR, utc_now())

    @pytest.mark.parametrize("last", [-2 * DAY, 2 * DAY], ids=["long ago", "in the future"])
    def test_a_strange_distance_to_the_last_change_is_logged(self, last: timedelta) -> None:
        present = utc_now()
        with structlog.testing.capture_logs() as log:
            Clock(DAY, present).check(present, present + last)

        assert log[0]["log_level"] == "warning"


class TestWrites:
    @pytest.mark.parametrize(
        ("method", "path", "body"),
        [
            pytest.param("PUT", "/v1/places/moscow", plain(make_place()), id="put"),
            pytest.param("POST", "/v1/imports", {"places": [plain(make_place())]}, id="import"),
        ],
    )
    def test_a_write_after_a_jump_gets_503_and_writes_nothing(
        self,
        client: TestClient,
        database: Database,
        monkeypatch: pytest.MonkeyPatch,
        method: str,
        path: str,
        body: Any,
    ) -> None:
        app: Any = client.app
        monkeypatch.setattr(app.state.database, "clock", Clock(DAY, utc_now() - 5 * YEAR))
        with structlog.testing.capture_logs() as log:
            answer = Editing(client, database).send(method, path, body)

        assert (answer.status_code, answer.json()["type"]) == (503, "/problems/not-ready")
        assert "correct the clock" in answer.json()["detail"]
        assert "error" in [entry["log_level"] for entry in log]
        assert client.get("/v1/places/moscow").status_code == 404

    def test_a_write_after_a_quiet_year_succeeds(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, make_place("omsk"))
        with database.write() as connection:
            connection.execute(update(t.change).values(at=utc_now() - YEAR))

        answer = Editing(client, database).send("PUT", "/v1/places/moscow", plain(make_place()))

        assert answer.status_code == 201
        assert datetime.fromisoformat(answer.json()["updated_at"]) > utc_now() - DAY
