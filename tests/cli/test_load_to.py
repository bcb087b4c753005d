"""`timeline load --to` against a fake server that breaks connections and fails on demand."""

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner, Result

from app import cli
from app.cli.remote.loading import make_server
from app.cli.remote.sending import Patience, Server, UnsentError, UploadBody, send
from app.domain.api_keys import new_key

KEY = new_key()
HASTY = Patience(failures=4, seconds=5, first=0.01)
COUNTS = {"created": 1, "updated": 0, "unchanged": 0, "withdrawn": 0}
NONE = {"created": 0, "updated": 0, "unchanged": 0, "withdrawn": 0}
REPORT = {
    "dry_run": False,
    "counts": {
        **dict.fromkeys(("participants", "places", "treaties", "events"), NONE),
        "sources": COUNTS,
    },
}
IN_PROGRESS = {"type": "/problems/import-in-progress", "detail": "under way"}
SOURCES = """\
sources:
- id: tass-1
  language: en
  url: https://example.org/1
- id: tass-2
  language: en
  url: https://example.org/2
"""
# Its source is not in the file.
QUOTING = """\
events:
- id: 2030-01-01-talks
  type: meeting
  subtype: ministerial
  status: reported
  confidence: low
  date: '2030-01-01'
  title: {en: Lavrov and Choe talk}
  summary: {en: The ministers talk.}
  participants:
  - {id: sergey-lavrov, role: attendee, side: RU}
  - {id: choe-son-hui, role: attendee, side: KP}
  sources:
  - source: tass-3
    evidence:
    - {supports: [type], quote: The ministers spoke}
"""


@dataclass
class Answer:
    """The reaction of the server to a request: status 0 breaks the connection."""

    status: int = 200
    document: Any = field(default_factory=lambda: REPORT)
    headers: dict[str, str] = field(default_factory=dict)


BREAK = Answer(status=0)


@dataclass
class Flaky:
    """A local server: the answers to send, in order, and the requests that it received."""

    url: str
    answers: list[Answer]
    requests: list[tuple[str, Message, bytes]]


@pytest.fixture
def flaky() -> Iterator[Flaky]:
    """A server that sends the given answers, and a report after the last of them."""
    state = Flaky("", [], [])

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            state.requests.append((self.path, self.headers, body))
            answer = state.answers.pop(0) if state.answers else Answer()
            if not answer.status:
                self.connection.shutdown(socket.SHUT_RDWR)
                self.close_connection = True
                return
            data = json.dumps(answer.document).encode()
            self.send_response(answer.status)
            for name, value in {**answer.headers, "Content-Length": str(len(data))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST

        def log_message(self, *_: object) -> None:
            """Do not log requests."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        state.url = f"http://127.0.0.1:{server.server_port}"
        yield state
        server.shutdown()
        thread.join()


def _send(url: str, *, patience: Patience = HASTY) -> tuple[httpx.Response, list[str]]:
    messages: list[str] = []
    body = UploadBody(BytesIO(b"{}\n"), 3, lambda _: None)
    with Server(url, KEY).client() as client:
        return send(client, body, messages.append, patience=patience), messages


class TestSend:
    @pytest.mark.parametrize(
        "answer",
        [
            pytest.param(BREAK, id="a broken connection"),
            pytest.param(Answer(503), id="503"),
            pytest.param(Answer(429, headers={"Retry-After": "0"}), id="429"),
            pytest.param(Answer(502), id="502 from a proxy"),
            pytest.param(Answer(409, IN_PROGRESS), id="an import in progress"),
        ],
    )
    def test_retries_with_the_same_key_and_body(self, flaky: Flaky, answer: Answer) -> None:
        flaky.answers = [answer, answer]

        response, messages = _send(flaky.url)

        assert (response.status_code, len(messages)) == (200, 2)
        keys = {headers["Idempotency-Key"] for _, headers, _ in flaky.requests}
        assert (len(flaky.requests), len(keys)) == (3, 1)
        assert {body for _, _, body in flaky.requests} == {b"{}\n"}

    def test_gives_each_import_a_separate_key(self, flaky: Flaky) -> None:
        _send(flaky.url)
        _send(flaky.url)

        assert len({headers["Idempotency-Key"] for _, headers, _ in flaky.requests}) == 2

    def test_gives_up_after_four_attempts(self, flaky: Flaky) -> None:
        flaky.answers = [Answer(503)] * 9

        with pytest.raises(UnsentError, match="503 Service Unavailable; gave up after 4 attempts"):
            _send(flaky.url)

        assert len(flaky.requests) == 4

    @pytest.mark.parametrize(
        "after",
        [
            pytest.param("100", id="seconds"),
            pytest.param(formatdate(4e9, usegmt=True), id="a date"),
        ],
    )
    def test_does_not_wait_longer_than_its_time_limit(self, flaky: Flaky, after: str) -> None:
        flaky.answers = [Answer(503, headers={"Retry-After": after})]

        with pytest.raises(UnsentError, match="gave up after 1 attempt"):
            _send(flaky.url)

    def test_waits_longer_for_an_import_in_progress_than_for_failures(self, flaky: Flaky) -> None:
        flaky.answers = [Answer(409, IN_PROGRESS, {"Retry-After": "0"})] * 20

        response, _ = _send(flaky.url)

        assert response.status_code == 200

    @pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 413, 422, 500])
    def test_returns_other_answers_without_a_retry(self, flaky: Flaky, status: int) -> None:
        flaky.answers = [Answer(status)]

        response, messages = _send(flaky.url)

        assert (response.status_code, messages) == (status, [])

    def test_reports_a_refused_connection(self) -> None:
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{unused.getsockname()[1]}"

            with pytest.raises(UnsentError, match=r"no connection to 127.0.0.1:\d+; gave up"):
                _send(url)

    @pytest.mark.parametrize(
        ("cause", "sentence"),
        [
            pytest.param(
                socket.gaierror(socket.EAI_NONAME, "not known"),
                "no host is named '127.0.0.1'",
                id="DNS",
            ),
            pytest.param(
                ssl.SSLCertVerificationError(1, "self-signed"),
                "the certificate of 127.0.0.1 is not valid",
                id="certificate",
            ),
            pytest.param(
                ssl.SSLError(1, "wrong version number"), "does not speak TLS here", id="TLS"
            ),
        ],
    )
    def test_does_not_retry_a_permanent_failure(
        self, flaky: Flaky, monkeypatch: pytest.MonkeyPatch, cause: Exception, sentence: str
    ) -> None:
        def post(*_: object, **__: object) -> httpx.Response:
            raise httpx.ConnectError("no") from cause

        monkeypatch.setattr(httpx.Client, "post", post)

        with pytest.raises(UnsentError, match=sentence):
            _send(flaky.url)

    def test_reports_a_server_that_does_not_speak_tls(self, flaky: Flaky) -> None:
        with pytest.raises(UnsentError, match="does not speak TLS here"):
            _send(flaky.url.replace("http:", "https:"))


def _load(flaky: Flaky, folder: Path, *options: str, end: str = "", key: str = KEY) -> Result:
    (folder / "sources.yaml").write_text(SOURCES)
    arguments = ["load", str(folder / "sources.yaml"), "--to", f"{flaky.url}{end}", *options]
    environment = {"TIMELINE_KEY": key, "COLUMNS": "200"}
    return CliRunner().invoke(cli.app, arguments, env=environment, prog_name="timeline")


class TestLoadTo:
    def test_sends_a_line_for_each_record(self, flaky: Flaky, tmp_path: Path) -> None:
        result = _load(flaky, tmp_path)

        assert result.exit_code == 0
        [(path, headers, body)] = flaky.requests
        assert path == "/v1/imports?file=sources.yaml"
        assert headers["Content-Type"] == "application/x-ndjson"
        assert headers["Authorization"] == f"Bearer {KEY}"
        lines = [json.loads(line) for line in body.splitlines()]
        assert [line["sources"][0]["id"] for line in lines] == ["tass-1", "tass-2"]
        assert "source │ 1       │ 0       │ 0" in result.stdout

    @pytest.mark.parametrize("end", ["/", "/v1", "/v1/"])
    def test_accepts_an_address_with_or_without_v1(
        self, flaky: Flaky, tmp_path: Path, end: str
    ) -> None:
        _load(flaky, tmp_path, end=end)

        assert [path for path, _, _ in flaky.requests] == ["/v1/imports?file=sources.yaml"]

    def test_a_dry_run_is_a_dry_run_on_the_server(self, flaky: Flaky, tmp_path: Path) -> None:
        result = _load(flaky, tmp_path, "--dry-run")

        assert [path for path, _, _ in flaky.requests] == [
            "/v1/imports?dry_run=true&file=sources.yaml"
        ]
        assert "dry run: nothing was written" in result.stdout

    def test_sends_nothing_when_a_file_has_errors(self, flaky: Flaky, tmp_path: Path) -> None:
        (tmp_path / "wrong.yaml").write_text("places: [{id: x}]")

        result = _load(flaky, tmp_path, str(tmp_path / "wrong.yaml"))

        assert (result.exit_code, flaky.requests) == (1, [])
        assert "wrong.yaml:1: x: /places/0/names: is required" in result.stderr
        assert "5 errors: nothing was sent" in result.stderr

    def test_sends_nothing_without_records(self, flaky: Flaky, tmp_path: Path) -> None:
        (tmp_path / "none.yaml").write_text("places: []")
        command = ["load", str(tmp_path / "none.yaml"), "--to", flaky.url, "--key", KEY]

        result = CliRunner().invoke(cli.app, command, prog_name="timeline")

        assert (result.exit_code, flaky.requests) == (0, [])

    def test_reports_errors_of_the_server_at_the_lines_of_the_local_file(
        self, flaky: Flaky, tmp_path: Path
    ) -> None:
        errors = [
            {"record": "tass-2", "line": 2, "pointer": "/sources/0/url", "detail": "is gone"},
            {"record": "tass-1", "line": 1, "pointer": "/sources/0/id", "detail": "as body:2"},
            {"record": None, "line": None, "pointer": None, "detail": "it is Sunday"},
        ]
        flaky.answers = [Answer(422, {"detail": "2 errors", "errors": errors})]

        result = _load(flaky, tmp_path)

        assert result.exit_code == 1
        assert [line.removeprefix(f"{tmp_path}/") for line in result.stderr.splitlines()] == [
            "sources.yaml:7: tass-2: /sources/1/url: is gone",
            f"sources.yaml:2: tass-1: /sources/0/id: as {tmp_path}/sources.yaml:5",
            "the server: it is Sunday",
            "3 errors: nothing was written",
        ]

    @pytest.mark.parametrize(
        ("answer", "sentence"),
        [
            pytest.param(
                Answer(401, {"detail": "the key 'x' was revoked"}),
                "does not accept the key: the key 'x' was revoked; nothing was written",
                id="401",
            ),
            pytest.param(
                Answer(403, {"title": "Forbidden"}), "accept the key: Forbidden", id="403"
            ),
            pytest.param(Answer(404), "check that it is the address of a timeline", id="404"),
            pytest.param(
                Answer(413, {"detail": "at most 10 MB"}),
                "too much at once: at most 10 MB; load fewer files at a time",
                id="413",
            ),
            pytest.param(
                Answer(308, headers={"Location": "https://example.org/v1/imports"}),
                "redirects to https://example.org/v1/imports: use that address",
                id="redirect",
            ),
            pytest.param(Answer(500, "oops"), "answers 500: Internal Server Error", id="500"),
            pytest.param(Answer(200, ["welcome"]), "sent no report", id="another site"),
        ],
    )
    def test_says_why_the_server_wrote_nothing(
        self, flaky: Flaky, tmp_path: Path, answer: Answer, sentence: str
    ) -> None:
        flaky.answers = [answer]

        result = _load(flaky, tmp_path)

        assert result.exit_code == 1
        assert sentence in result.stderr

    @pytest.mark.parametrize(
        "first",
        [
            pytest.param(Answer(429, headers={"Retry-After": "0"}), id="429"),
            pytest.param(Answer(503, headers={"Retry-After": "0"}), id="503"),
        ],
    )
    def test_asks_again_for_the_article_of_a_source(
        self, flaky: Flaky, tmp_path: Path, first: Answer
    ) -> None:
        (tmp_path / "example-text.txt").write_text("The ministers spoke on Tuesday.")
        (tmp_path / "event.yaml").write_text(QUOTING)
        flaky.answers = [first, Answer(document={"id": "tass-3", "article": "example-text"})]

        result = _load(flaky, tmp_path, str(tmp_path / "event.yaml"), "--articles", str(tmp_path))

        assert result.exit_code == 0, result.stderr
        assert [path for path, _, _ in flaky.requests[:2]] == ["/v1/sources/tass-3"] * 2
        event = json.loads(flaky.requests[2][2].splitlines()[-1])["events"][0]
        assert event["sources"][0]["evidence"][0]["selector"] == {"start": 0, "end": 19}

    @pytest.mark.parametrize(
        ("answer", "sentence"),
        [
            pytest.param(Answer(401), "does not accept the key", id="401"),
            pytest.param(Answer(500), "answers 500", id="500"),
            pytest.param(Answer(200, ["welcome"]), "does not answer for the source", id="a list"),
        ],
    )
    def test_says_why_it_does_not_know_the_article_of_a_source(
        self, flaky: Flaky, tmp_path: Path, answer: Answer, sentence: str
    ) -> None:
        (tmp_path / "event.yaml").write_text(QUOTING)
        flaky.answers = [answer]

        result = _load(flaky, tmp_path, str(tmp_path / "event.yaml"), "--articles", str(tmp_path))

        assert (result.exit_code, len(flaky.requests)) == (1, 1)
        assert sentence in result.stderr

    def test_announces_a_retry(self, flaky: Flaky, tmp_path: Path) -> None:
        flaky.answers = [Answer(503, headers={"Retry-After": "0"})]

        result = _load(flaky, tmp_path)

        assert result.exit_code == 0
        message = "the server answers 503 Service Unavailable: trying again in 0 s\n"
        assert result.stderr == message

    def test_shows_progress_on_a_terminal(
        self, flaky: Flaky, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("FORCE_COLOR", "1")

        result = _load(flaky, tmp_path)

        assert f"Waiting for {flaky.url}" in result.stderr
        assert "bytes" in result.stderr

    def test_keeps_the_key_out_of_its_repr(self) -> None:
        assert KEY not in repr(make_server("https://example.org", KEY))

    @pytest.mark.parametrize(
        ("url", "exposed"),
        [
            pytest.param("http://example.org", True, id="http"),
            pytest.param("https://example.org", False, id="https"),
            pytest.param("http://localhost:8000", False, id="this machine"),
        ],
    )
    def test_knows_whether_others_can_read_the_key(self, url: str, exposed: bool) -> None:
        assert make_server(url, KEY).is_exposed is exposed

    @pytest.mark.parametrize(
        ("options", "key"),
        [
            pytest.param(["--key", "tl_wrong"], KEY, id="invalid key"),
            pytest.param([], "", id="no key"),
            pytest.param([], f"{KEY}\nX-Other: 1", id="a key with a line break"),
            pytest.param(["--to", "ftp://example.org"], KEY, id="neither http nor https"),
            pytest.param(["--to", "https://me@example.org"], KEY, id="a user in the address"),
            pytest.param(["--to", "http://localhost:99999"], KEY, id="a port too high"),
            pytest.param(["--to", "http://localhost:0"], KEY, id="the port 0"),
            pytest.param(["--to", "http://localhost:http"], KEY, id="a port that is no number"),
            pytest.param(["--to", "http://[::1"], KEY, id="half an address of IPv6"),
            pytest.param(["--to", "https://xn--a"], KEY, id="no name of a host"),
            pytest.param(["--to", "https://example..org"], KEY, id="an empty part of a name"),
        ],
    )
    def test_misuse_sends_nothing(
        self, flaky: Flaky, tmp_path: Path, options: list[str], key: str
    ) -> None:
        result = _load(flaky, tmp_path, *options, key=key)

        assert (result.exit_code, flaky.requests) == (2, [])
        assert "tl_wrong" not in result.output
        assert KEY not in result.output

    def test_a_key_without_an_address_is_misuse(self, tmp_path: Path) -> None:
        (tmp_path / "sources.yaml").write_text(SOURCES)
        arguments = ["load", str(tmp_path / "sources.yaml"), "--key", KEY]

        result = CliRunner().invoke(cli.app, arguments, prog_name="timeline")

        assert result.exit_code == 2
        assert "give its address with --to" in result.stderr
