"""A provider of quotes on a free port of the loopback: it gives a set answer, and records each question."""

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass
class FakeProvider:
    """The answer that the provider gives, and the bodies that it got; `pause` is in seconds for each byte."""

    url: str
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b'{"quotes": []}'
    pause: float = 0
    asked: list[tuple[str, Any]] = field(default_factory=list)

    def gives(
        self,
        body: object,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        pause: float = 0,
    ) -> "FakeProvider":
        """Set the next answers: bytes as they are, or a value as JSON."""
        self.body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.status, self.pause = status, pause
        self.headers = {"Content-Type": "application/json", **(headers or {})}
        self.asked.clear()
        return self


@contextmanager
def fake_provider() -> Iterator[FakeProvider]:
    """Run a provider in a thread until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            fake.asked.append((self.path, json.loads(self.rfile.read(length))))
            self.send_response(fake.status)
            for name, value in fake.headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                if not fake.pause:
                    self.wfile.write(fake.body)
                for n in range(len(fake.body) if fake.pause else 0):
                    self.wfile.write(fake.body[n : n + 1])
                    time.sleep(fake.pause)
            except OSError:
                pass  # The asker had enough.

        def do_GET(self) -> None:
            fake.asked.append((self.path, None))
            self.send_error(404)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    fake = FakeProvider(f"http://127.0.0.1:{server.server_port}/quotes")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
