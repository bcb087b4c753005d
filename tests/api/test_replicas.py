"""Reads from replicas of PostgreSQL: real standbys that lag, stop, hang and come back."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, cast

import pytest
from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.setup import prepare
from app.tables.database import Database
from app.tables.log import newest_seq
from app.tables.replicas.replicas import Replicas
from tests.support.apps import make_key
from tests.support.builders import make_cast, make_event, make_place, store
from tests.support.cluster import Cluster, Node, cluster, wait_until
from tests.support.editing import EVENT, plain
from tests.support.statements import counting_statements

pytestmark = pytest.mark.cluster

SEQ, AT_LEAST = "Timeline-Seq", "Timeline-At-Least"
LAG = 1.0
NAMES = [f"place-{number:02}" for number in range(12)]


class Trial:
    """A server over a primary with two standbys, its client, and the means to see which database answers."""

    def __init__(self, servers: Cluster, client: TestClient, key: str, database: Database) -> None:
        self.servers = servers
        self.client = client
        self.key = {"Authorization": f"Bearer {key}"}
        # A connection to the primary beside the server.
        self.database = database

    @property
    def replicas(self) -> Replicas:
        """The replicas of the server, with their known states."""
        return cast("Replicas", cast("FastAPI", self.client.app).state.replicas)

    @property
    def newest(self) -> int:
        """The number of the newest change on the primary."""
        with self.database.read() as connection:
            return newest_seq(connection)

    def write(self, **names: str) -> Response:
        """Give the place minsk another name through the server."""
        record = plain(make_place("minsk", names=names or {"en": "Minsk"}))
        headers = {**self.key, "If-Match": "*"}
        answer = self.client.put("/v1/places/minsk", json=record, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer

    def wait_for_replicas(self, used: int = 2) -> None:
        """Wait until so many replicas are used, and these hold every change."""

        def are_ready() -> bool:
            statuses = [each for each in self.replicas.statuses if each.is_used]
            return len(statuses) == used and all(each.seq >= self.newest for each in statuses)

        wait_until(are_ready, f"{self.replicas.statuses}")

    @contextmanager
    def counting_of_primary(self) -> Iterator[list[str]]:
        """Count the statements of requests to the primary."""
        database = cast("FastAPI", self.client.app).state.database
        with counting_statements(*database.engines) as seen:
            yield seen

    def get(self, path: str, **headers: str) -> Response:
        """Read something; any answer is fine."""
        return self.client.get(path, headers=headers)


@pytest.fixture(scope="module")
def servers(postgres_url: str) -> Iterator[Cluster]:
    """A primary with two standbys, an event, and some places."""
    # The server of the run made the user that runs servers.
    assert postgres_url
    with cluster() as servers, closing(Database(servers.primary.url)) as database:
        prepare(database, Path("no-seeds"))
        places = (make_place(name) for name in ("minsk", *NAMES))
        store(database, *make_cast(), make_event(), *places)
        servers.catch_up()
        yield servers


@pytest.fixture
def trial(servers: Cluster, tmp_path: Path) -> Iterator[Trial]:
    """A server whose replicas all answer and hold every change."""
    settings = Settings(
        database_url=servers.write_url,
        read_urls=servers.read_urls,
        read_lag_seconds=LAG,
        past_folder=tmp_path,
    )
    app = create_app(settings)
    app.state.replicas.check_seconds = 0.1
    with closing(Database(servers.primary.url)) as database, TestClient(app) as client:
        trial = Trial(servers, client, make_key(database, tmp_path.name), database)
        trial.wait_for_replicas()
        yield trial


@contextmanager
def _paused_replay(*nodes: Node) -> Iterator[None]:
    for node in nodes:
        node.ask("SELECT pg_wal_replay_pause()")
        state = "SELECT pg_get_wal_replay_pause_state() = 'paused'"
        wait_until(lambda node=node, state=state: node.ask(state), "the replay goes on")
    try:
        yield
    finally:
        for node in nodes:
            node.ask("SELECT pg_wal_replay_resume()")


def _used(trial: Trial) -> set[int]:
    return {n for n, each in enumerate(trial.replicas.statuses) if each.is_used}


class TestReads:
    PATHS = (
        "/v1/events",
        EVENT,
        "/v1/events.csv",
        "/v1/changes",
        "/v1/events?facets=type&total=exact",
        "/v1/network",
        "/v1/events?as_of=3",
        "/en/explore",
        *(f"/v1/places/{name}" for name in NAMES),
    )

    def test_the_primary_answers_none_without_a_key(self, trial: Trial) -> None:
        trial.get("/v1/events?as_of=3")  # The state is built from the primary, once.
        with trial.counting_of_primary() as seen:
            for path in self.PATHS:
                assert trial.get(path).status_code == 200

        assert seen == []

    def test_answers_are_the_same_as_of_the_primary(self, trial: Trial) -> None:
        for path in self.PATHS:
            read, keyed = trial.get(path), trial.get(path, **trial.key)
            assert (read.content, read.headers["ETag"]) == (keyed.content, keyed.headers["ETag"])
            assert read.headers[SEQ] == keyed.headers[SEQ]

    def test_the_primary_answers_those_with_a_key(self, trial: Trial) -> None:
        with _paused_replay(*trial.servers.standbys):
            trial.write(en="At once")

            answer = trial.get("/v1/places/minsk", **trial.key)

            assert answer.json()["names"]["en"] == "At once"

    def test_both_replicas_answer_some(self, trial: Trial) -> None:
        chosen = {trial.replicas.choose(f"/{number}?".encode(), 0) for number in range(100)}

        assert chosen == {*trial.replicas.replicas}

    def test_answers_are_kept_for_each_replica(self, trial: Trial) -> None:
        engines = [each.database.engine for each in trial.replicas.replicas]
        for name in NAMES:
            trial.get(f"/v1/places/{name}")
        with counting_statements(*engines) as seen:
            answers = [trial.get(f"/v1/places/{name}") for name in NAMES]

        assert seen == []
        assert [answer.json()["id"] for answer in answers] == NAMES

    def test_a_kept_answer_is_not_sent_after_its_replica_got_a_write(self, trial: Trial) -> None:
        for name in ("One", "Two", "Three"):
            trial.write(en=name)
            trial.servers.catch_up()
            answer = trial.get("/v1/places/minsk")
            assert answer.json()["names"]["en"] == name

    def test_a_follower_of_the_log_begins_where_it_wishes(self, trial: Trial) -> None:
        """A replica that lacks its number would say that the number is of another log."""
        with _paused_replay(*trial.servers.standbys):
            seq = trial.write(en="News").headers[SEQ]

            assert trial.get(f"/v1/changes?after={seq}").json()["items"] == []
            assert trial.get(f"/v1/events?as_of={seq}").status_code == 200


class TestAtLeast:
    def test_a_replica_without_the_change_does_not_answer(self, trial: Trial) -> None:
        with _paused_replay(*trial.servers.standbys):
            seq = trial.write(en="Mine").headers[SEQ]

            mine = trial.get("/v1/places/minsk", **{AT_LEAST: seq})
            other = trial.get("/v1/places/minsk")

        assert (mine.json()["names"]["en"], mine.headers[SEQ]) == ("Mine", seq)
        assert other.json()["names"]["en"] != "Mine"
        assert int(other.headers[SEQ]) == int(seq) - 1

    def test_a_replica_with_the_change_answers(self, trial: Trial) -> None:
        seq = trial.write(en="Soon").headers[SEQ]
        trial.wait_for_replicas()

        with trial.counting_of_primary() as seen:
            answer = trial.get("/v1/places/minsk", **{AT_LEAST: seq})

        assert (answer.json()["names"]["en"], seen) == ("Soon", [])

    def test_a_change_that_nobody_has_is_a_503(self, trial: Trial) -> None:
        answer = trial.get("/v1/places/minsk", **{AT_LEAST: str(trial.newest + 1)})

        assert (answer.status_code, answer.json()["type"]) == (503, "/problems/behind")
        assert answer.headers["Retry-After"] == "1"

    def test_a_malformed_number_is_a_400(self, trial: Trial) -> None:
        assert trial.get("/v1/places/minsk", **{AT_LEAST: "newest"}).status_code == 400


class TestWalks:
    def test_a_page_is_never_older_than_the_page_before(self, trial: Trial) -> None:
        """One standby lags: the first page is newer, and each following page must be so, too."""
        for _ in range(4):
            with _paused_replay(trial.servers.standbys[0]):
                trial.write(en="Walked")
                wait_until(
                    lambda: any(each.seq >= trial.newest for each in trial.replicas.statuses),
                    "no replica follows",
                )
                before = 0
                path = "/v1/places?limit=2"
                while path:
                    answer = trial.get(path)
                    assert int(answer.headers[SEQ]) >= before
                    before = int(answer.headers[SEQ])
                    path = answer.json()["page"]["next"]

    def test_a_cursor_names_a_state_only_while_a_replica_lacks_it(self, trial: Trial) -> None:
        path = "/v1/places?limit=2"
        assert "." not in trial.get(path).json()["page"]["cursor"]
        with _paused_replay(*trial.servers.standbys):
            seq = trial.write(en="Pinned").headers[SEQ]
            pinned = trial.get(path, **trial.key).json()["page"]["cursor"]
            following = trial.get(f"{path}&cursor={pinned}")
        trial.wait_for_replicas()

        assert pinned.endswith(f".{seq}")
        assert int(following.headers[SEQ]) == int(seq)
        assert "." not in trial.get(path).json()["page"]["cursor"]


class TestReplicasThatFail:
    def test_one_that_lags_is_left_out_and_comes_back(self, trial: Trial) -> None:
        laggard = trial.servers.standbys[0]
        with _paused_replay(laggard):
            trial.write(en="Ahead")
            wait_until(lambda: _used(trial) == {1}, "the laggard is used")
            status = trial.replicas.statuses[0]
            for name in ("minsk", *NAMES):
                assert trial.get(f"/v1/places/{name}").headers[SEQ] == str(trial.newest)

        assert status.fault == "it is more than 1 s behind"
        assert (status.changes, status.seconds and status.seconds > LAG) == (1, True)
        assert status.bytes
        trial.wait_for_replicas()

    def test_without_a_replica_the_primary_answers(self, trial: Trial) -> None:
        with _paused_replay(*trial.servers.standbys):
            trial.write(en="Alone")
            wait_until(lambda: _used(trial) == set(), "a laggard is used")

            assert trial.get("/v1/places/minsk").json()["names"]["en"] == "Alone"
        trial.wait_for_replicas()

    def test_one_that_is_killed_disturbs_no_read_and_comes_back(self, trial: Trial) -> None:
        killed = trial.servers.standbys[0]
        paths = [f"/v1/places/{name}" for name in NAMES]
        # Its connections are in the pool, and no check has found out yet.
        trial.replicas.check_seconds = 3600
        for path in paths:
            trial.get(path)
        killed.kill()
        try:
            assert [trial.get(path).status_code for path in paths] == [200] * len(paths)
            assert [trial.get(f"{path}?x=1").status_code for path in paths] == [400] * len(paths)
        finally:
            killed.start()
        portal = trial.client.portal
        assert portal is not None

        def is_back() -> bool:
            portal.call(trial.replicas.check)
            return _used(trial) == {0, 1}

        wait_until(is_back, "the killed one does not come back")

    def test_one_that_hangs_is_left_out(self, trial: Trial) -> None:
        hanging = trial.servers.standbys[1]
        hanging.pause()
        try:
            wait_until(lambda: _used(trial) == {0}, "the hanging one is used")
            for name in NAMES:
                assert trial.get(f"/v1/places/{name}").status_code == 200
        finally:
            hanging.go_on()
        trial.wait_for_replicas()

    def test_another_timeline_is_never_used(self, servers: Cluster, tmp_path: Path) -> None:
        """The URL of a replica may lead to a database that is no replica."""
        other = tmp_path.name.replace("-", "_")
        servers.primary.ask(f'CREATE DATABASE "{other}"', "postgres")
        url = servers.primary.url.replace("/timeline?", f"/{other}?")
        with closing(Database(url)) as database:
            prepare(database, Path("no-seeds"))
            store(database, make_place("omsk"))
        settings = Settings(
            database_url=servers.write_url, read_urls=url, past_folder=tmp_path, kept_bytes=0
        )
        with TestClient(create_app(settings)) as client:
            [status] = cast("FastAPI", client.app).state.replicas.statuses
            answer = client.get("/v1/places/omsk")

        assert not status.is_used
        assert status.fault == "its change log is not known to be the log of the primary"
        assert answer.status_code == 404

    def test_names_hide_passwords(self, tmp_path: Path) -> None:
        urls = "postgresql://me:secret@a:5432,b/timeline postgresql://me:secret@c/timeline"
        settings = Settings(database_url="postgresql://d/t", read_urls=urls, past_folder=tmp_path)
        app: Any = create_app(settings)

        assert [each.name for each in app.state.replicas.statuses] == ["a:5432,b", "c"]
