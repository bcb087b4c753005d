"""The log never stops the server, never holds a key, and is complete at the end of the process."""

import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog

from app.domain.api_keys import new_key
from app.logs import configure_logs
from app.settings import PROJECT_ROOT
from tests.support.servers import started

LINE = {"path": "/v1/events", "query": "a" * 200}


class Pipe:
    """A pipe that takes the place of standard error."""

    def __init__(self) -> None:
        reading, writing = os.pipe()
        self.stream = os.fdopen(writing, "w", encoding="utf-8")
        self.reader = os.fdopen(reading, encoding="utf-8")
        self._lines: list[dict[str, Any]] = []
        self._thread = threading.Thread(target=self._read)

    def begin_to_read(self) -> None:
        """Read everything that waits, and every later line."""
        self._thread.start()
        for handler in logging.getLogger().handlers:
            handler.flush()

    def end(self) -> list[dict[str, Any]]:
        """Return every line that was written."""
        for handler in logging.getLogger().handlers:
            handler.flush()
        self.stream.close()
        self._thread.join()
        return self._lines

    def _read(self) -> None:
        with self.reader:
            self._lines.extend(map(json.loads, self.reader))

    def read_lines(self) -> list[dict[str, Any]]:
        """Return every line; no more can be written."""
        self.begin_to_read()
        return self.end()


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pipe]:
    """Yield the pipe that this process logs to during the test."""
    root = logging.getLogger()
    handlers, level = [*root.handlers], root.level
    pipe = Pipe()
    monkeypatch.setattr(sys, "stderr", pipe.stream)
    configure_logs("info")
    yield pipe
    monkeypatch.undo()
    structlog.reset_defaults()
    root.handlers, root.level = handlers, level


def _log(count: int = 1, **more: object) -> None:
    log = structlog.get_logger("timeline.test")
    for number in range(count):
        log.info("request", number=number, **{**LINE, **more})


class TestKeys:
    @pytest.mark.parametrize(
        "text",
        ["key={}", "token=Bearer%20{}&limit=1", "/v1/events/{}", "key%3D{}", "x={}&y=1&x={}"],
    )
    def test_the_secret_is_masked(self, pipe: Pipe, text: str) -> None:
        key = new_key()

        _log(query=text.replace("{}", key))

        [line] = pipe.read_lines()
        assert line["query"] == text.replace("{}", f"{key[:11]}…")

    def test_an_encoded_key_is_masked(self, pipe: Pipe) -> None:
        key = new_key()

        _log(query=key.replace("_", "%5F"), path=key.replace("_", "%5f"))

        [line] = pipe.read_lines()
        assert key[12:] not in json.dumps(line)

    def test_tracebacks_and_other_libraries_are_masked(self, pipe: Pipe) -> None:
        key = new_key()

        try:
            raise ValueError(key)
        except ValueError:
            structlog.get_logger("timeline.test").exception("failed", **{key: "name"})
        logging.getLogger("uvicorn.error").warning("%s is wrong", key)

        assert key not in (lines := json.dumps(pipe.read_lines(), ensure_ascii=False))
        assert lines.count(f"{key[:11]}…") >= 3


class TestPipeThatNobodyReads:
    def test_lines_are_dropped_and_counted(self, pipe: Pipe) -> None:
        """64 kB fit into the pipe, and 1,000 lines wait."""
        logging_ = threading.Thread(target=_log, args=[3000], daemon=True)
        logging_.start()
        logging_.join(20)
        assert not logging_.is_alive(), "the process waited for the reader of its log"

        pipe.begin_to_read()
        _log(1)
        lines = [line["event"] for line in pipe.end()]

        [report] = [line for line in lines if "dropped" in line]
        assert report == (
            f"{3001 - lines.count('request')} lines of the log were dropped, because nobody read it "
            "in time"
        )
        assert 1000 < lines.count("request") < 3000

    def test_a_closed_pipe_stops_nothing(self, pipe: Pipe) -> None:
        pipe.reader.close()

        _log(100)
        for handler in logging.getLogger().handlers:
            handler.flush()

        assert any(thread.name == "log" for thread in threading.enumerate()), "the writer has died"
        # Lines that could not be written may still be in the buffer.
        with suppress(BrokenPipeError):
            pipe.stream.close()


@pytest.mark.start
class TestServer:
    def test_an_unread_log_stops_no_request(self, tmp_path: Path) -> None:
        """The server used to freeze after 112 requests, `/healthz` included."""
        environment = {**os.environ, "TIMELINE_DATABASE_URL": f"sqlite:///{tmp_path}/new.db"}
        environment["TIMELINE_SEEDS"] = str(tmp_path / "none")
        process = subprocess.Popen(
            [sys.executable, "-m", "app", "serve", "--port", "0"],
            cwd=PROJECT_ROOT,
            env=environment,
            stderr=subprocess.PIPE,
        )
        assert process.stderr is not None
        try:
            line = next(line for line in process.stderr if b"running on" in line)
            base = json.loads(line)["event"].removeprefix("running on ")
            with httpx.Client(base_url=base, timeout=20) as client:
                statuses = [client.get("/healthz", params={"a": "b" * 200}) for _ in range(600)]
        finally:
            process.send_signal(signal.SIGTERM)
            rest = process.stderr.read()
            process.stderr.close()
            process.wait(20)

        assert len(statuses) == 600
        assert rest.count(b'"event": "request"') > 200

    def test_the_last_lines_are_written(self, tmp_path: Path) -> None:
        log = tmp_path / "log"
        with started(f"sqlite:///{tmp_path}/new.db", log=log, seeds=tmp_path / "none"):
            pass

        assert "Finished server process" in log.read_text().splitlines()[-1]
