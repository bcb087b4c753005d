"""`timeline webhooks`: signed, in order, at least once, and to public networks alone."""

import asyncio
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import generate_latest
from standardwebhooks import Webhook
from structlog.testing import capture_logs

from app.cli.webhooks.following import Follower, Pace, wait_seconds
from app.cli.webhooks.networks import RefusedNetworkError, find_addresses, is_public
from app.cli.webhooks.positions import DeliveryPosition, Positions, PositionsError, locked
from app.cli.webhooks.posting import Poster
from app.cli.webhooks.receivers import Receiver, ReceiversError, read_receivers
from app.cli.webhooks.signing import Message, make_message, read_secret, sign, signed_headers
from app.monitoring.webhooks import WebhookMeter
from app.reading.log import fetch_changes
from app.reading.parameters.changes import ChosenChanges
from app.settings import PROJECT_ROOT
from app.setup import migrate
from app.tables.database import Database
from tests.support.builders import make_cast, make_event, make_place, make_tag, store
from tests.support.commands import run
from tests.support.databases import NewDatabase
from tests.support.exposition import parse
from tests.support.webhook_receiver import SECRET, FakeReceiver, fake_receiver, make_certificate

ATTEMPTS = "timeline_webhook_attempts_total"
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def receiver() -> Iterator[FakeReceiver]:
    with fake_receiver() as fake:
        yield fake


class _Clock:
    """A clock that a pause moves; it stops the follower at the first pause without a failure."""

    def __init__(self, patience: timedelta = timedelta(days=5), polls: int = 1) -> None:
        self.time = BEGIN
        self.pauses: list[float] = []
        self.polls = polls
        self.patience = patience

    async def pause(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)
        if seconds == 1:
            self.polls -= 1
        else:
            self.pauses.append(seconds)

    def pace(self) -> Pace:
        return Pace(
            self.pause,
            lambda: self.polls <= 0,
            lambda: self.time,
            lambda: 1.0,
            patience=self.patience,
        )


def _follow(
    database: Database, fake: FakeReceiver, folder: Path, clock: _Clock | None = None, *lines: str
) -> tuple[_Clock, DeliveryPosition | None]:
    clock = clock or _Clock()
    ((name, receiver),) = read_receivers(fake.write_file(folder, *lines)).items()
    positions = Positions(folder / "state.json")
    follower = Follower(
        name, receiver, Poster(receiver), database, positions, clock.pace(), WebhookMeter()
    )
    asyncio.run(follower.follow())
    return clock, Positions(folder / "state.json").find("here")


class TestSigning:
    @given(
        key=st.binary(min_size=24, max_size=64),
        text=st.text(),
        id=st.from_regex(r"[a-z0-9-]+", fullmatch=True),
    )
    def test_the_library_verifies_any_message(self, key: bytes, text: str, id: str) -> None:
        secret = "whsec_" + b64encode(key).decode()
        message = Message(
            id, json.dumps({"text": text}, ensure_ascii=False).encode("utf-8", "replace")
        )

        headers = signed_headers([b"0" * 24, read_secret(secret)], message, int(time.time()))

        assert Webhook(secret).verify(message.body, headers) == json.loads(message.body)

    def test_the_signature_covers_id_time_and_body(self) -> None:
        base = sign([b"k" * 32], Message("a", b"{}"), 1)

        others = [
            sign([b"k" * 32], Message("b", b"{}"), 1),
            sign([b"k" * 32], Message("a", b"[]"), 1),
            sign([b"k" * 32], Message("a", b"{}"), 2),
            sign([b"l" * 32], Message("a", b"{}"), 1),
        ]
        assert len({base, *others}) == 5

    @pytest.mark.parametrize(
        ("secret", "said"),
        [
            ("MDEy", "begins with whsec_"),
            ("whsec_???", "not in base64"),
            ("whsec_MDEy", "has 3 bytes: expected whsec_ and 24 to 64 bytes"),
        ],
    )
    def test_a_wrong_secret_is_explained_but_not_shown(self, secret: str, said: str) -> None:
        with pytest.raises(ValueError, match=said) as raised:
            read_secret(secret)
        assert secret not in str(raised.value)

    def test_a_very_large_document_is_left_out(
        self, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store(database, make_place())
        with database.read() as connection:
            (change,) = fetch_changes(connection, 0, ChosenChanges(), 10).changes
        whole = json.loads(make_message(change).body)
        monkeypatch.setattr("app.cli.webhooks.signing.MOST_BODY_BYTES", 100)

        small = json.loads(make_message(change).body)

        assert whole["data"].pop("document")["id"] == "moscow"
        assert small == whole
        assert (small["type"], small["data"]["id"]) == ("place.create", "moscow")


class TestNetworks:
    @pytest.mark.parametrize(
        "address",
        [
            *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),
            *("100.64.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "192.0.2.1"),
            *("::1", "::", "fe80::1", "fe80::1%1", "fd00:ec2::254", "ff02::1", "fec0::1"),
            *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"),
            *("64:ff9b:1::a00:1", "2001:db8::1", "::127.0.0.1"),
        ],
    )
    def test_no_private_network_is_public(self, address: str) -> None:
        assert not is_public(address)

    @pytest.mark.parametrize(
        "address",
        ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"],
    )
    def test_a_public_address_is(self, address: str) -> None:
        assert is_public(address)

    @pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1", "2130706433", "0x7f.1"])
    def test_a_name_of_the_loopback_is_refused_by_its_address(self, host: str) -> None:
        with pytest.raises(RefusedNetworkError, match="which is in no public network"):
            asyncio.run(find_addresses(host, 80, allow_private=False))

    def test_nothing_reaches_a_private_address_without_permission(
        self, receiver: FakeReceiver
    ) -> None:
        refused = Receiver(
            url=f"http://localhost:{receiver.port}/hook", secrets=[SECRET], allow_http=True
        )

        outcome = asyncio.run(Poster(refused).post(Message("a", b"{}")))

        assert (outcome.delivered, receiver.got) == (False, [])
        assert "localhost has the address" in outcome.reason

    @pytest.mark.parametrize(("name", "delivered"), [("localhost", True), ("other.example", False)])
    def test_the_certificate_must_have_the_name_although_the_address_is_connected_to(
        self, name: str, delivered: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        certificate = make_certificate(tmp_path, name)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        with fake_receiver(certificate) as fake:
            url = f"https://localhost:{fake.port}/hook"
            local = Receiver(url=url, secrets=[SECRET], allow_private=True)

            outcome = asyncio.run(Poster(local).post(Message("a", b"{}")))

        assert (outcome.delivered, len(fake.got)) == (delivered, int(delivered))
        assert ("certificate" in outcome.reason) is not delivered

    def test_a_name_that_no_host_can_have_is_a_failure(self) -> None:
        wrong = Receiver(url=f"https://{'a' * 70}.example/", secrets=[SECRET])

        outcome = asyncio.run(Poster(wrong).post(Message("a", b"{}")))

        assert (outcome.delivered, "no connection to aaa" in outcome.reason) == (False, True)


class TestPosting:
    def test_connects_to_a_checked_address_and_to_no_proxy(
        self, receiver: FakeReceiver, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def find(host: str, port: int, *, allow_private: bool) -> list[str]:
            # Nothing listens on the first one.
            return ["127.0.0.2", "127.0.0.1"]

        # A second look-up of this name would fail, and nothing listens there either.
        monkeypatch.setattr("app.cli.webhooks.posting.find_addresses", find)
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
        url = f"http://name.invalid:{receiver.port}/hook?a=1"
        named = Receiver(url=url, secrets=[SECRET], allow_http=True)

        outcome = asyncio.run(Poster(named).post(Message("a", b"{}")))

        assert outcome.delivered, outcome.reason
        assert receiver.paths == [f"name.invalid:{receiver.port}/hook?a=1"]

    def test_an_attempt_has_a_limited_time(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
            slow = Receiver(url=url, secrets=[SECRET], allow_http=True, allow_private=True)

            outcome = asyncio.run(Poster(slow, seconds=0.2).post(Message("a", b"{}")))

        assert not outcome.delivered
        assert outcome.reason == "127.0.0.1 did not answer within 0.2 s"


class TestFollowing:
    def test_delivers_each_change_in_order_with_its_document(
        self, database: Database, receiver: FakeReceiver, tmp_path: Path
    ) -> None:
        store(database, *make_cast(), make_event())
        with database.read() as connection:
            changes = fetch_changes(connection, 0, ChosenChanges(), 100).changes

        _, position = _follow(database, receiver, tmp_path, None, "after = 0")

        assert receiver.seqs() == [change.seq for change in changes]
        assert position == DeliveryPosition(last=changes[-1].seq, digest=changes[-1].digest)
        assert len({id for id, _ in receiver.got}) == len(changes)
        last = receiver.got[-1][1]
        assert last["data"]["document"] == json.loads(changes[-1].document)
        assert receiver.paths[0] == f"localhost:{receiver.port}/hook"

    def test_counts_attempts_and_shows_the_position(
        self, database: Database, receiver: FakeReceiver, tmp_path: Path
    ) -> None:
        store(database, make_place(), make_tag())
        receiver.answers = [(500, {})]
        before = parse(generate_latest().decode())

        _, position = _follow(database, receiver, tmp_path, None, "after = 0")

        assert position is not None
        found = parse(generate_latest().decode())
        counted = {
            outcome: found.total(ATTEMPTS, outcome=outcome)
            - before.total(ATTEMPTS, outcome=outcome)
            for outcome in ("delivered", "failed")
        }
        assert counted == {"delivered": 2, "failed": 1}
        assert found.total("timeline_webhook_last_seq", webhook="here") == position.last
        assert found.total("timeline_webhook_failing", webhook="here") == 0
        assert found.total("timeline_webhook_stopped", webhook="here") == 0

    def test_a_new_receiver_gets_later_changes_alone_and_only_its_kinds(
        self, database: Database, receiver: FakeReceiver, tmp_path: Path
    ) -> None:
        store(database, make_place())
        _follow(database, receiver, tmp_path, None, 'kind = ["tag"]')
        assert receiver.got == []
        store(database, make_tag(), make_place("vladivostok"))

        _follow(database, receiver, tmp_path, None, 'kind = ["tag"]')

        assert [body["type"] for _, body in receiver.got] == ["tag.create"]

    def test_retries_the_same_message_and_waits_longer_each_time(
        self, database: Database, receiver: FakeReceiver, tmp_path: Path
    ) -> None:
        store(database, make_place(), make_tag())
        receiver.answers = [
            (500, {}),
            (302, {"Location": "/elsewhere"}),
            (429, {"Retry-After": "99"}),
        ]

        clock, position = _follow(database, receiver, tmp_path, None, "after = 0")

        ids = [id for id, _ in receiver.got]
        assert len(set(ids[:4])) == 1 and len(set(ids)) == 2
        assert clock.pauses == [5, 10, 99]
        assert position is not None and position.failing_since is None
        assert {path.partition("/")[2] for path in receiver.paths} == {"hook"}

    @pytest.mark.parametrize(
        "asked",
        [
            "soon",
            "9" * 400,
            "Mon, 01 Jan 2024 00:00:00 -0000",
            "Mon, 01 Jan 2024 00:00:00 +99999999999999999999",
            "Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
        ],
    )
    def test_any_retry_after_is_only_a_wait(
        self, database: Database, receiver: FakeReceiver, tmp_path: Path, asked: str
    ) -> None:
        store(database, make_place())
        receiver.answers = [(503, {"Retry-After": asked})]

        clock, position = _follow(database, receiver, tmp_path, None, "after = 0")

        assert position is not None and not position.stopped
        assert clock.pauses in ([5], [86_400])

    def test_pauses_a_receiver_that_fails_for_days(
        self, database: Database, receiver: FakeReceiver, tmp_path: Path
    ) -> None:
        store(database, make_place(), make_tag())
        receiver.answers = [(500, {})] * 1000

        clock, position = _follow(
            database, receiver, tmp_path, _Clock(timedelta(days=1)), "after = 0"
        )

        assert position is not None
        assert position.last == 0
        assert position.stopped == "it failed for 1 days: the receiver answers 500"
        assert timedelta(days=1) <= clock.time - BEGIN <= timedelta(days=1, hours=1)
        got = len(receiver.got)
        _follow(database, receiver, tmp_path, None, "after = 0")
        assert len(receiver.got) == got

    def test_a_change_that_is_not_chosen_any_more_does_not_fail(
        self, database: Database, receiver: FakeReceiver, tmp_path: Path
    ) -> None:
        store(database, make_place())
        receiver.answers = [(500, {})]
        state = Positions(tmp_path / "state.json")
        state.write("here", DeliveryPosition(last=0, failing_since=BEGIN - timedelta(days=6)))

        # It failed with a place; now it wants tags alone.
        _follow(database, receiver, tmp_path, None, 'kind = ["tag"]')
        store(database, make_tag())
        _, position = _follow(database, receiver, tmp_path, None, 'kind = ["tag"]')

        assert position is not None and not position.stopped
        assert [body["type"] for _, body in receiver.got] == ["tag.create", "tag.create"]

    def test_410_stops_it_at_once(
        self, database: Database, receiver: FakeReceiver, tmp_path: Path
    ) -> None:
        store(database, make_place(), make_tag())
        receiver.answers = [(204, {}), (410, {})]

        clock, position = _follow(database, receiver, tmp_path, None, "after = 0")

        assert position is not None and "410 Gone" in position.stopped
        assert (clock.pauses, len(receiver.got)) == ([], 2)

    def test_a_log_that_ends_before_the_position_stops_it(
        self, database: Database, receiver: FakeReceiver, tmp_path: Path
    ) -> None:
        Positions(tmp_path / "state.json").write("here", DeliveryPosition(last=10**6))

        _, position = _follow(database, receiver, tmp_path)

        assert position is not None and "another database" in position.stopped

    @pytest.mark.parametrize("kind", ["place", "tag"])
    def test_another_log_that_is_as_long_stops_it(
        self, new_sqlite: NewDatabase, receiver: FakeReceiver, tmp_path: Path, kind: str
    ) -> None:
        """A database that was restored from a backup, and written to since."""
        chosen = f'after = 0\nkind = ["{kind}"]'
        with closing(Database(new_sqlite("lost"))) as lost:
            migrate(lost)
            store(lost, make_place(), make_tag())
            _follow(lost, receiver, tmp_path, None, chosen)
        got = len(receiver.got)

        with closing(Database(new_sqlite("restored"))) as restored:
            migrate(restored)
            store(restored, make_place("minsk"), make_tag("a"), make_place("sochi"), make_tag("b"))
            _, position = _follow(restored, receiver, tmp_path, None, chosen)

        assert position is not None and "restored from a backup" in position.stopped
        assert (position.last, len(receiver.got)) == (2, got)

    @given(failures=st.integers(1, 10_000), chance=st.floats(0, 1))
    def test_waits_are_bounded(self, failures: int, chance: float) -> None:
        assert 2.5 <= wait_seconds(failures, chance) <= 3600


class TestFiles:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("", "expected tables such as [webhooks.newsroom]"),
            ("[webhooks", "cannot be read"),
            (
                '[webhooks.a]\nurl = "http://x.example/secret-path"',
                "webhooks.a.secrets: Field required",
            ),
            (
                f'[webhooks.a]\nurl = "http://x.example/"\nsecrets = ["{SECRET}"]',
                "unless allow_http",
            ),
            (
                f'[webhooks.a]\nurl = "https://999.1.1.1/"\nsecrets = ["{SECRET}"]',
                "webhooks.a: url is not an address",
            ),
            (f'[webhooks.a]\nurl = "nothing"\nsecrets = ["{SECRET}"]', "url is not an address"),
            (
                '[webhooks.a]\nurl = "https://x.example/"\nsecrets = ["s3cr3t"]',
                "begins with whsec_",
            ),
            (
                f'[webhooks.a]\nurl = "https://x.example/"\nsecrets = ["{SECRET}"]\nkinds = []',
                "kinds",
            ),
        ],
    )
    def test_a_mistake_is_explained_without_a_secret(
        self, tmp_path: Path, text: str, said: str
    ) -> None:
        file = tmp_path / "webhooks.toml"
        file.write_text(text)
        file.chmod(0o600)

        with pytest.raises(ReceiversError) as raised:
            read_receivers(file)

        assert said in str(raised.value)
        assert not any(part in str(raised.value) for part in ("s3cr3t", SECRET, "secret-path"))

    @pytest.mark.parametrize("mode", [0o602, 0o666])
    def test_a_file_that_others_may_change_is_refused(
        self, receiver: FakeReceiver, tmp_path: Path, mode: int
    ) -> None:
        file = receiver.write_file(tmp_path)
        file.chmod(mode)

        result = run("webhooks", str(file))

        assert result.exit_code == 1
        assert f"(mode {mode:o}): run chmod 600 {file}" in result.stderr.replace("\n", "")
        assert SECRET not in result.stderr

    @pytest.mark.parametrize(("mode", "is_warned"), [(0o644, True), (0o604, True), (0o640, False)])
    def test_a_file_that_others_may_read_is_told(
        self, receiver: FakeReceiver, tmp_path: Path, mode: int, is_warned: bool
    ) -> None:
        file = receiver.write_file(tmp_path)
        file.chmod(mode)

        with capture_logs() as logged:
            assert read_receivers(file)

        warnings = [each for each in logged if each["log_level"] == "warning"]
        assert [each["file"] for each in warnings] == [str(file)] * is_warned

    def test_the_command_refuses_a_missing_file(self, tmp_path: Path) -> None:
        result = run("webhooks", str(tmp_path / "none.toml"))

        assert (result.exit_code, "cannot be read" in result.stderr) == (1, True)

    def test_resume_needs_the_name_of_a_receiver_that_was_served(
        self, database: Database, receiver: FakeReceiver, tmp_path: Path
    ) -> None:
        file = receiver.write_file(tmp_path)
        url = database.url.render_as_string(hide_password=False)

        result = run("webhooks", str(file), "--resume", "there", database_url=url)

        assert result.exit_code == 1
        assert result.stderr == "no receiver named 'there' was ever served\n"

    def test_two_processes_do_not_share_a_state(self, tmp_path: Path) -> None:
        again = locked(tmp_path / "s.json")

        with locked(tmp_path / "s.json"), pytest.raises(PositionsError, match="in use"), again:
            pass

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            pytest.param("", "Invalid JSON", id="empty"),
            pytest.param("[]", "an object", id="a list"),
            pytest.param('{"here": {"last": -1}}', "here.last: ", id="a negative number"),
            # No column of a database holds it.
            pytest.param(f'{{"here": {{"last": {10**20}}}}}', "here.last: ", id="21 digits"),
        ],
    )
    def test_a_damaged_state_is_refused_in_one_line(
        self, tmp_path: Path, text: str, said: str
    ) -> None:
        (tmp_path / "s.json").write_text(text)

        with pytest.raises(PositionsError, match=f"cannot be read: .*{said}") as raised:
            Positions(tmp_path / "s.json")

        assert "\n" not in str(raised.value)

    @pytest.mark.parametrize("folder", ["", ".", "..", "/"])
    def test_a_folder_is_no_state(
        self, receiver: FakeReceiver, tmp_path: Path, folder: str
    ) -> None:
        file = receiver.write_file(tmp_path)

        result = run("webhooks", str(file), "--state", folder)

        assert result.exit_code == 1
        assert "is a folder: --state takes the name of a file" in result.stderr


def _start(file: Path, database: Database) -> "subprocess.Popen[bytes]":
    environment = {
        **os.environ,
        "TIMELINE_DATABASE_URL": database.url.render_as_string(hide_password=False),
    }
    command = [sys.executable, "-m", "app", "webhooks", str(file)]
    return subprocess.Popen(command, cwd=PROJECT_ROOT, env=environment, stderr=subprocess.DEVNULL)


def _wait_for(fake: FakeReceiver, number: int) -> None:
    deadline = time.monotonic() + 90
    while len(set(fake.seqs())) < number:
        assert time.monotonic() < deadline, fake.seqs()
        time.sleep(0.02)


def _shown(language: str, file: Path) -> Path:
    """Write the example of the page in this language to the file."""
    page = (PROJECT_ROOT / "docs" / "webhooks.md").read_text()
    file.write_text(page.partition(f"```{language}\n")[2].partition("```")[0])
    file.chmod(0o600)
    return file


class TestPage:
    def test_the_shown_receiver_verifies(self, tmp_path: Path) -> None:
        key, message, now = (
            read_secret(SECRET),
            Message("change-1-a", b'{"a": 1}'),
            int(time.time()),
        )
        headers = signed_headers([b"0" * 24, key], message, now)
        late = signed_headers([key], message, now - 400)
        read = runpy.run_path(str(_shown("python", tmp_path / "reader.py")))["read_message"]

        assert read(SECRET, headers, message.body) == {"a": 1}
        for wrong, body in ((headers, b'{"a": 2}'), (late, message.body)):
            with pytest.raises(ValueError, match="no signature|too old"):
                read(SECRET, wrong, body)

    def test_the_shown_file_is_read(self, tmp_path: Path) -> None:
        file = _shown("toml", tmp_path / "webhooks.toml")

        assert read_receivers(file)["newsroom"].chosen.kind == ["event", "treaty"]


@pytest.mark.kill
def test_a_killed_process_loses_nothing_and_repeats_at_most_the_last(
    database: Database, receiver: FakeReceiver, tmp_path: Path
) -> None:
    store(database, *(make_tag(f"tag-{n}") for n in range(200)))
    with database.read() as connection:
        seqs = [c.seq for c in fetch_changes(connection, 0, ChosenChanges(), 300).changes]
    file = receiver.write_file(tmp_path, "after = 0")
    kills: list[Any] = [(20, signal.SIGKILL), (60, signal.SIGKILL), (len(seqs), signal.SIGTERM)]

    for number, kill in kills:
        process = _start(file, database)
        try:
            _wait_for(receiver, number)
        finally:
            process.send_signal(kill)
            code = process.wait(30)

    # A signal that asks for the end is no failure.
    assert code == 0
    got = receiver.seqs()
    assert sorted(set(got)) == seqs
    # In order; after each of the two kills, the last message may come once more.
    assert got == sorted(got) and len(got) <= len(seqs) + 2
    assert len({id for id, _ in receiver.got}) == len(seqs)
