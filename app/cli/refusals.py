"""What a server says when it writes nothing, in the terms of whoever loads files."""

from collections import defaultdict
from collections.abc import Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Any

import httpx

from app.cli.sending import Server
from app.records.errors import RecordError
from app.records.files import find_records
from app.records.located import LocatedRecord


class RefusedError(Exception):
    """Why the server wrote nothing: a sentence, and what is wrong with the records."""

    def __init__(self, reason: str, errors: Sequence[RecordError] = ()) -> None:
        super().__init__(reason)
        self.errors = errors


def explain_refusal(
    response: httpx.Response, server: Server, paths: Sequence[Path]
) -> RefusedError:
    """What an answer means that is not 200; with the places in the files of what is wrong there."""
    problem = _problem(response)
    errors = problem.get("errors") or []
    if response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY and errors:
        return RefusedError("nothing was written", _located(errors, paths))
    said = problem.get("detail") or problem.get("title") or response.reason_phrase
    match response.status_code:
        case HTTPStatus.UNAUTHORIZED | HTTPStatus.FORBIDDEN:
            return RefusedError(f"{server.url} does not accept the key: {said}")
        case HTTPStatus.NOT_FOUND | HTTPStatus.METHOD_NOT_ALLOWED:
            return RefusedError(f"{server.url} takes no imports: is it the address of a timeline?")
        case HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return RefusedError(f"too much at once: {said}; load fewer files at a time")
        case _ if response.is_redirect:
            target = response.headers.get("Location", "elsewhere")
            return RefusedError(f"{server.url} redirects to {target}: give that address")
    return RefusedError(f"{server.url} answers {response.status_code}: {said}")


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
    by_line = defaultdict(list)
    for error in errors:
        by_line[error.get("line")].append(error)
    records = (each for each in find_records(paths) if isinstance(each, LocatedRecord))
    placed = [
        _in_file(error, located)
        for line, located in enumerate(records, 1)
        for error in by_line.pop(line, ())
    ]
    return [*placed, *(_nowhere(error) for left in by_line.values() for error in left)]


def _in_file(error: dict[str, Any], located: LocatedRecord) -> RecordError:
    # The server sees `/events/0/…` in each line; what comes after it is within the record.
    relative = "".join(f"/{each}" for each in (error.get("pointer") or "").split("/")[3:])
    return located.error(relative, error.get("detail", ""))


def _nowhere(error: dict[str, Any]) -> RecordError:
    record, pointer = error.get("record"), error.get("pointer") or ""
    return RecordError("the server", None, record, pointer, error.get("detail", ""))
