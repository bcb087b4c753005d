"""What a server says when it writes nothing, in the terms of whoever loads files."""

import re
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Any

import httpx

from app.cli.remote.sending import Server, UnsentError
from app.records.parsing.errors import RecordError
from app.records.parsing.files import iter_records
from app.records.parsing.positions import LocatedRecord

# What the server calls the body that it got, and a line of it.
_BODY_LINE = re.compile(r"\bbody:(\d+)")


class ServerRefusedError(Exception):
    """Why the server wrote nothing: a sentence, and what is wrong with the records."""

    def __init__(self, reason: str, errors: Sequence[RecordError] = ()) -> None:
        super().__init__(reason)
        self.errors = errors


def explain_refusal(
    response: httpx.Response, server: Server, paths: Sequence[Path]
) -> ServerRefusedError:
    """What an answer means that is not 200; with the places in the files of what is wrong there.

    Raises UnsentError where it does not say whether anything was written.
    """
    problem = _problem(response)
    errors = problem.get("errors") or []
    if response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY and errors:
        return ServerRefusedError("nothing was written", _located(errors, paths))
    said = problem.get("detail") or problem.get("title") or response.reason_phrase
    match response.status_code:
        case HTTPStatus.UNAUTHORIZED | HTTPStatus.FORBIDDEN:
            return ServerRefusedError(f"{server.url} does not accept the key: {said}")
        case HTTPStatus.NOT_FOUND | HTTPStatus.METHOD_NOT_ALLOWED:
            return ServerRefusedError(
                f"{server.url} takes no imports: is it the address of a timeline?"
            )
        case HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return ServerRefusedError(f"too much at once: {said}; load fewer files at a time")
        case _ if response.is_redirect:
            target = response.headers.get("Location", "elsewhere")
            return ServerRefusedError(f"{server.url} redirects to {target}: give that address")
    if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise UnsentError(f"{server.url} answers {response.status_code}: {said}")
    return ServerRefusedError(f"{server.url} answers {response.status_code}: {said}")


def _problem(response: httpx.Response) -> dict[str, Any]:
    """The problem document, or nothing where a proxy answers."""
    try:
        document = response.json()
    except ValueError:
        return {}
    return document if isinstance(document, dict) else {}


def _located(errors: Sequence[dict[str, Any]], paths: Sequence[Path]) -> list[RecordError]:
    """The server's errors where the records stand in our files, of which it saw but the lines sent.

    The files are read once more for that: to remember the place of each record would take memory
    for all of them.
    """
    wanted = {line for error in errors for line in _lines_named(error)}
    records = (each for each in iter_records(paths) if isinstance(each, LocatedRecord))
    found = {line: each for line, each in enumerate(records, 1) if line in wanted}
    return [_here(error, found) for error in errors]


def _lines_named(error: dict[str, Any]) -> Iterator[int]:
    """The lines of the body that an error speaks of: its own, and in `is already at body:3`."""
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
    # The server sees `/events/0/…` in each line; what comes after it is within the record.
    within = "".join(f"/{step}" for step in pointer.split("/")[3:])
    return located.error(within, problem)
