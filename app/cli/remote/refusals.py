"""Turn a server's refusal into errors that name the user's own files and lines."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import httpx

from app.cli.remote.sending import Server, UnsentError
from app.records.parsing.errors import RecordError
from app.records.parsing.files import RecordOrError
from app.records.parsing.positions import LocatedRecord

# Reads the records of the user's files, in the same order each time.
ReadRecords = Callable[[], Iterable[RecordOrError]]
# The server's name for a line of the request body.
_BODY_LINE = re.compile(r"\bbody:(\d+)")


class ServerRefusedError(Exception):
    """The server wrote nothing. Holds a sentence and the errors of the records."""

    def __init__(self, reason: str, errors: Sequence[RecordError] = ()) -> None:
        super().__init__(reason)
        self.errors = errors


def explain_refusal(
    response: httpx.Response, server: Server, read: ReadRecords
) -> ServerRefusedError:
    """Return the reason for a status other than 200, with errors located in the files.

    Raises UnsentError if the answer does not tell whether anything was written.
    """
    problem = _problem(response)
    errors = problem.get("errors") or []
    if response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY and errors:
        return ServerRefusedError("nothing was written", _located(errors, read))
    said = problem.get("detail") or problem.get("title") or response.reason_phrase
    match response.status_code:
        case HTTPStatus.UNAUTHORIZED | HTTPStatus.FORBIDDEN:
            return ServerRefusedError(f"{server.url} does not accept the key: {said}")
        case HTTPStatus.NOT_FOUND | HTTPStatus.METHOD_NOT_ALLOWED:
            return ServerRefusedError(
                f"{server.url} accepts no imports; check that it is the address of a timeline"
            )
        case HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return ServerRefusedError(f"too much at once: {said}; load fewer files at a time")
        case _ if response.is_redirect:
            target = response.headers.get("Location", "elsewhere")
            return ServerRefusedError(f"{server.url} redirects to {target}: use that address")
    if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise UnsentError(f"{server.url} answers {response.status_code}: {said}")
    return ServerRefusedError(f"{server.url} answers {response.status_code}: {said}")


def _problem(response: httpx.Response) -> dict[str, Any]:
    """Return the problem document, or an empty dict for another answer, such as a proxy's."""
    try:
        document = response.json()
    except ValueError:
        return {}
    return document if isinstance(document, dict) else {}


def _located(errors: Sequence[dict[str, Any]], read: ReadRecords) -> list[RecordError]:
    """Map the server's errors from lines of the body to lines of the files.

    Reads the files a second time: remembering the position of each record would take memory for
    all of them.
    """
    wanted = {line for error in errors for line in _lines_named(error)}
    records = (each for each in read() if isinstance(each, LocatedRecord))
    found = {line: each for line, each in enumerate(records, 1) if line in wanted}
    return [_here(error, found) for error in errors]


def _lines_named(error: dict[str, Any]) -> Iterator[int]:
    """Yield the lines of the body that an error names: its own, and any in `is already at body:3`."""
    if error.get("line") is not None:
        yield error["line"]
    yield from map(int, _BODY_LINE.findall(error.get("detail", "")))


def _here(error: dict[str, Any], found: Mapping[int, LocatedRecord]) -> RecordError:
    def place(match: re.Match[str]) -> str:
        named = found.get(int(match[1]))
        return f"{named.file}:{named.line()}" if named else match[0]

    problem = _BODY_LINE.sub(place, error.get("detail", ""))
    pointer = error.get("pointer") or ""
    located = found.get(error.get("line") or 0)
    if located is None:
        return RecordError("the server", None, error.get("record"), pointer, problem)
    # Each line is `{"events": [record]}`, so the record begins after `/events/0`.
    within = "".join(f"/{step}" for step in pointer.split("/")[3:])
    return located.error(within, problem)
