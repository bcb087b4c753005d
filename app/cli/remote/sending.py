"""Send an import, and retry until the server answers. It is written at most once."""

import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from types import MappingProxyType
from typing import BinaryIO, NamedTuple
from urllib.parse import urlsplit
from uuid import uuid4

import httpx

_CHUNK = 1 << 16
_TIMEOUT = httpx.Timeout(10, read=300, write=60)
# Statuses to retry. After 408 and 502 to 504 the import may have been written: the
# Idempotency-Key prevents a second write.
_PASSING = {408, 429, 502, 503, 504}

_HERE = ("localhost", "127.0.0.1", "::1")


class UnsentError(Exception):
    """No answer tells whether the import was written. The text is a sentence."""


@dataclass(frozen=True)
class Patience:
    """When to give up: after this number of failures, or after this many seconds."""

    failures: int = 8
    seconds: float = 1800
    # Seconds of the first wait, which doubles with each failure, and of the longest.
    first: float = 1
    longest: float = 60


@dataclass(frozen=True)
class Server:
    """The address of a server and the API key for it. No message ever contains the key."""

    url: str
    key: str = field(repr=False)

    @property
    def is_exposed(self) -> bool:
        """Whether the key would cross a network unencrypted."""
        parts = urlsplit(self.url)
        return parts.scheme == "http" and parts.hostname not in _HERE

    def client(self) -> httpx.Client:
        """Return an HTTP client for its API, to be used as a context manager."""
        headers = {"Authorization": f"Bearer {self.key}", "User-Agent": "timeline-load"}
        return httpx.Client(base_url=f"{self.url}/v1/", headers=headers, timeout=_TIMEOUT)


@dataclass(frozen=True)
class UploadBody:
    """A file of records that each attempt reads again. `sent` is called with the bytes read so far."""

    file: BinaryIO
    size: int
    sent: Callable[[int], object]

    def chunks(self) -> Iterator[bytes]:
        """Yield the whole file in chunks, from the beginning."""
        self.file.seek(0)
        self.sent(0)
        while chunk := self.file.read(_CHUNK):
            yield chunk
            self.sent(self.file.tell())


class _Failure(NamedTuple):
    """Why to retry, and the seconds to wait if the server names them.

    `at_work`: the server is still processing this import, so the attempt does not count as a failure.
    """

    reason: str
    wait: float | None = None
    at_work: bool = False


def send(
    client: httpx.Client,
    body: UploadBody,
    say: Callable[[str], object],
    params: Mapping[str, str] = MappingProxyType({}),
    *,
    patience: Patience = Patience(),
) -> httpx.Response:
    """Send the import with retries, and return the server's final answer, of any status.

    All attempts have the same `Idempotency-Key`, so that an import whose answer was lost is not
    written twice. `say` is called with the reason for each retry. Raises UnsentError.
    """
    request_key = str(uuid4())
    return _patiently(lambda: _attempt(client, body, request_key, params), say, patience)


def ask(
    client: httpx.Client,
    path: str,
    say: Callable[[str], object],
    *,
    patience: Patience = Patience(),
) -> httpx.Response:
    """Return the server's final answer, of any status, to a GET of the path; retries as `send` does.

    Raises UnsentError.
    """
    return _patiently(lambda: _asked(client, path), say, patience)


def _patiently(
    attempt: Callable[[], httpx.Response | _Failure],
    say: Callable[[str], object],
    patience: Patience,
) -> httpx.Response:
    """Return the first answer that is no failure to retry. Raises UnsentError."""
    deadline, failures = time.monotonic() + patience.seconds, 0
    while True:
        outcome = attempt()
        if isinstance(outcome, httpx.Response):
            return outcome
        failures += not outcome.at_work
        wait = outcome.wait
        if wait is None:
            wait = min(patience.first * 2 ** max(0, failures - 1), patience.longest)
        if failures == patience.failures or time.monotonic() + wait > deadline:
            raise UnsentError(f"{outcome.reason}; gave up after {failures} attempts")
        say(f"{outcome.reason}: trying again in {wait:.0f} s")
        time.sleep(wait)


def _asked(client: httpx.Client, path: str) -> httpx.Response | _Failure:
    """Return the answer to a GET, or the failure to retry. Raises UnsentError."""
    try:
        response = client.get(path, follow_redirects=True)
    except httpx.TransportError as error:
        return _Failure(_explain(error, client.base_url))
    except httpx.TooManyRedirects:
        raise UnsentError(f"{client.base_url.host} redirects in a circle") from None
    return _failure(response) or response


def _attempt(
    client: httpx.Client, body: UploadBody, request_key: str, params: Mapping[str, str]
) -> httpx.Response | _Failure:
    """Return the answer, or the failure to retry. Raises UnsentError."""
    headers = {
        "Content-Type": "application/x-ndjson",
        "Content-Length": str(body.size),
        "Idempotency-Key": request_key,
    }
    try:
        response = client.post("imports", content=body.chunks(), headers=headers, params=params)
    except httpx.TransportError as error:
        return _Failure(_explain(error, client.base_url))
    return _failure(response) or response


def _failure(response: httpx.Response) -> _Failure | None:
    """Return the failure if a retry can help, or None for a final answer."""
    # The server may still process this import after an earlier answer was lost.
    at_work = response.status_code == HTTPStatus.CONFLICT and "import-in-progress" in response.text
    if not at_work and response.status_code not in _PASSING:
        return None
    answer = f"{response.status_code} {response.reason_phrase}".strip()
    return _Failure(f"the server answers {answer}", _asked_wait(response), at_work)


def _explain(error: httpx.TransportError, url: httpx.URL) -> str:
    """Explain a broken connection. Raises UnsentError if a retry cannot help."""
    for cause in _causes(error):
        match cause:
            case ssl.SSLCertVerificationError():
                raise UnsentError(f"the certificate of {url.host} is not valid: {_reason(cause)}")
            case ssl.SSLError():
                raise UnsentError(
                    f"{url.host} does not speak TLS here ({_reason(cause)}): http://?"
                )
            case socket.gaierror() if cause.errno != socket.EAI_AGAIN:
                raise UnsentError(f"no host is named {url.host!r}")
    match error:
        case httpx.ConnectTimeout():
            return f"{url.host} does not answer"
        case httpx.TimeoutException():
            return "the server takes too long"
        case httpx.ConnectError():
            return f"no connection to {url.host}:{url.port or url.scheme}"
    return "the connection broke"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _reason(error: ssl.SSLError) -> str:
    return str(getattr(error, "verify_message", "") or getattr(error, "reason", "") or error)


def _asked_wait(response: httpx.Response) -> float | None:
    """Return the seconds to wait by `Retry-After`, which names seconds or a date (RFC 9110 §10.2.3)."""
    asked = response.headers.get("Retry-After", "")
    if asked.isdecimal():
        return float(asked)
    try:
        until: datetime = parsedate_to_datetime(asked)
        return max(0.0, (until - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None
