"""Ask a server for the examples of the OpenAPI document; run as a program, rewrite their files."""

import json
import re
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from httpx2 import Response
from starlette.testclient import TestClient

from app.api.openapi import examples
from app.api.openapi.examples import Example
from app.domain.vocabulary import Scope
from app.tables.database import Database
from tests.support.apps import client_of, make_key
from tests.support.databases import load_seeds
from tests.support.streams import read_stream

FOLDER = Path(examples.__file__).parent
# Paths of writes that change no single entity.
_NO_ENTITY = ("/v1/imports", "/v1/drafts")
# The server that the document names.
HOST = "http://127.0.0.1:8000"
# Values that differ between servers: the instant of loading, in JSON, calendars and feeds, the digests
# of changes and releases, which cover that instant, and its day in references to the timeline.
_INSTANT = re.compile(
    r"\b(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)|\d{8}T\d{6}Z"
    r"|[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000)"
)
_AFTER = (
    re.compile(r'("seq":\d+,[^{}]*"digest":)"[0-9a-f]{64}"'),
    re.compile(r'("(?:first|documents)_digest":)"[0-9a-f]{64}"'),
    re.compile("(SHA-256 of the change log: )[0-9a-f]{64}"),
    re.compile(r"(  - Russia–DPRK Timeline\nPY  - )\d{4}\nDA  - [0-9/]+"),
    re.compile(r"(@(?:online\{event|dataset)[^\n]*\n[^\n]*\n  date = )\{[0-9-]+\}"),
    re.compile(r'(:"Russia\\u2013DPRK Timeline","issued":\{"date-parts":)\[\[[0-9,]+\]\]'),
)


def ask(client: TestClient, example: Example, key: str = "") -> Example:
    """Return the example with the present answer of the server."""
    # Send the whole URL, because other tests use this client with another host name.
    method, url = example.request.split(" ")
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    if example.body_type:
        headers["Content-Type"] = example.body_type
    if method in ("PATCH", "DELETE", "POST") and not url.startswith(_NO_ENTITY):
        headers["If-Match"] = client.get(f"{HOST}{_entity(url)}", headers=headers).headers["ETag"]
    if "/stream" in url:
        answer = _read_beginning(client, url)
    else:
        answer = client.request(method, f"{HOST}{url}", headers=headers, content=_sent(example))
    return example._replace(
        status=answer.status_code,
        media_type=answer.headers["Content-Type"].partition(";")[0],
        answer=_shown(answer, example),
    )


def is_same(shown: Any, answered: Any) -> bool:
    """Return whether both are equal, except for values that differ between servers."""
    return _without_varying(shown) == _without_varying(answered)


def _without_varying(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))
    text = _INSTANT.sub("…", text)
    for varying in _AFTER:
        text = varying.sub(r"\1…", text)
    return text


def _entity(url: str) -> str:
    """Return the path of the entity that the request changes."""
    return url.partition("?")[0].removesuffix("/merge").removesuffix("/revert")


def _sent(example: Example) -> str | None:
    if example.body is None or isinstance(example.body, str):
        return example.body
    return json.dumps(example.body)  # JSON is YAML too.


def _read_beginning(client: TestClient, url: str) -> Response:
    """Return the beginning of an endless answer, up to its first event."""
    assert client.portal is not None
    enough = lambda body: b"\n\n" in body
    status, headers, body = client.portal.call(read_stream, client.app, url, enough)
    return Response(status, headers=headers, content=body)


def _shown(answer: Response, example: Example) -> Any:
    if "json" not in answer.headers["Content-Type"] or "ndjson" in answer.headers["Content-Type"]:
        return answer.text.replace("\r\n", "\n").removeprefix("\ufeff")
    body = answer.json()
    for key, most in example.shortened.items():
        body[key] = body[key][:most]
    return body


def in_turn() -> list[Example]:
    """Return all examples; those that write come last, in their order."""
    return sorted(examples.read_examples(), key=lambda example: example.turn)


def ask_all(database: Database) -> Iterator[Example]:
    """Yield each example in order, with the present answer of a server over the database."""
    key = make_key(database, scope=Scope.ADMIN)
    with client_of(database) as client:
        for example in in_turn():
            yield ask(client, example, key if example.turn else "")


def write(example: Example) -> None:
    """Write the file of the example, without default values."""
    defaults = Example._field_defaults
    fields = {k: v for k, v in example._asdict().items() if k != "name" and v != defaults.get(k)}
    text = json.dumps(fields, ensure_ascii=False, indent=2)
    (FOLDER / f"{example.name}.json").write_text(f"{text}\n", "utf-8")


def make_examples() -> None:
    """Ask a new server over the seeds for every example, and write those that changed."""
    with tempfile.TemporaryDirectory() as folder:
        load_seeds(url := f"sqlite:///{folder}/seeds.db")
        with closing(Database(url)) as database:
            _write_changed(database)


def _write_changed(database: Database) -> None:
    for before, now in zip(in_turn(), ask_all(database), strict=True):
        same = before.status and is_same(before.answer, now.answer)
        if before != (now._replace(answer=before.answer) if same else now):
            write(now)
            print(now.name, now.status)


if __name__ == "__main__":
    make_examples()
