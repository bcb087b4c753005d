"""Ask a server over the seeds for each shown answer, and rewrite changed values; run as a program.

This replaces the values of JSON, such as a count or the detail of a problem, and the page on coverage. It prints each answer
that differs in another way, or within a string that has an elision: edit these by hand. It does not ask for
request-timeout, import-in-progress, too-many-requests, internal-error, not-installed and query-timeout.
"""

import json
import re
import tempfile
from collections.abc import Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from httpx2 import Response
from starlette.testclient import TestClient

from app.domain.vocabulary import Scope
from app.tables.database import Database
from tests.docs.pages import API, DOCS, HOST, RECIPES, name_of, read_section
from tests.docs.settings_table import refresh_settings
from tests.support.apps import client_of, make_key
from tests.support.commands import run
from tests.support.databases import load_seeds
from tests.support.replay import (
    ELISION,
    ShownProblem,
    examples,
    find_requests,
    find_writes,
    matches,
    send,
    shown_problems,
)

ERRORS = DOCS / "errors.md"
COVERAGE = DOCS / "coverage.md"
# Requests that are too long for the page.
_TOO_LONG: dict[str, dict[str, Any]] = {
    "uri-too-long": {"url": f"/v1/vocabularies?{'a' * 17_000}"},
    "headers-too-large": {"url": "/v1/vocabularies", "headers": {"Cookie": "a" * 17_000}},
}


class Shown(NamedTuple):
    """A fence of JSON in a page, the value that it shows, and the answer of the server."""

    page: Path
    request: str
    fence: str
    shown: Any
    answer: Any


_TOKEN = re.compile(r'\s*("(?:[^"\\]|\\.)*"|[][{}:,]|[^][{}:,\s]+)')


def renew(fence: str, answer: Any) -> str:
    """Return the fence with each differing value replaced by the value of the answer.

    The layout and all elisions stay, and so do lists and objects whose shape differs.
    """
    for start, end, value in reversed([*_differences(_TOKEN.finditer(fence), answer)]):
        fence = f"{fence[:start]}{json.dumps(value, ensure_ascii=False)}{fence[end:]}"
    return fence


def _differences(tokens: Iterator[re.Match[str]], answer: Any) -> Iterator[tuple[int, int, Any]]:
    """Yield the position of each shown value that differs, and the value of the answer."""
    match (token := next(tokens))[1]:
        case "{":
            yield from _differences_of_object(tokens, answer)
        case "[":
            yield from _differences_of_list(tokens, answer)
        case scalar:
            shown = json.loads(scalar)
            elided = isinstance(shown, str) and ELISION in shown
            if not (elided or isinstance(answer, dict | list | _Missing) or shown == answer):
                yield *token.span(1), answer


class _Missing:
    """Stands for a value that the answer lacks."""


def _differences_of_object(
    tokens: Iterator[re.Match[str]], answer: Any
) -> Iterator[tuple[int, int, Any]]:
    for token in tokens:
        if token[1] == "}":
            return
        if token[1] != ",":
            next(tokens)
            known = answer if isinstance(answer, dict) else {}
            yield from _differences(tokens, known.get(json.loads(token[1]), _Missing()))


def _differences_of_list(
    tokens: Iterator[re.Match[str]], answer: Any
) -> Iterator[tuple[int, int, Any]]:
    rest = [*answer] if isinstance(answer, list) else []
    for token in tokens:
        if token[1] == "]":
            return
        if token[1] != ",":
            item = rest.pop(0) if rest else _Missing()
            yield from _differences(chain([token], tokens), item)


def refresh() -> None:
    """Ask a new server over the seeds for all shown JSON, and rewrite the pages."""
    with tempfile.TemporaryDirectory() as folder:
        load_seeds(url := f"sqlite:///{folder}/seeds.db")
        with closing(Database(url)) as database, client_of(database) as client:
            client.base_url = HOST
            # Before the examples of writes.
            COVERAGE.write_text(page_on_coverage(database))
            for shown in _ask_all(client, database):
                _rewrite(shown)
        _rewrite(_to_shown(shown_problems()["not-ready"], _ask_empty(folder)))


def page_on_coverage(database: Database) -> str:
    """Return the page that `timeline coverage` prints for this database."""
    url = database.url.render_as_string(hide_password=False)
    return run("coverage", database_url=url).stdout


def _rewrite(shown: Shown) -> None:
    if matches(shown.shown, shown.answer):
        return
    text = shown.page.read_text()
    fence = renew(shown.fence, shown.answer)
    shown.page.write_text(text.replace(shown.fence, fence))
    # A problem is shown without its first keys, so that only the texts of its fence are compared.
    renewed = (
        fence != shown.fence
        if "detail" in shown.answer
        else matches(json.loads(fence), shown.answer)
    )
    print(name_of(shown.page), shown.request, "renewed" if renewed else "BY HAND")


def _ask_all(client: TestClient, database: Database) -> Iterator[Shown]:
    yield from _ask_reads(client)
    key = make_key(database, scope=Scope.ADMIN)
    yield from _ask_writes(client, key)
    yield from _ask_problems(client, key, make_key(database, "writer"))


def _ask_reads(client: TestClient) -> Iterator[Shown]:
    form = f"{read_section(ERRORS, 'Form')}\n"
    for page in [*sorted(API.glob("*.md")), *sorted(RECIPES.glob("*.md")), ERRORS]:
        for example in examples(form if page == ERRORS else page.read_text()):
            if example.language != "json":
                continue
            answer = client.get(example.url)
            if answer.status_code == (400 if page == ERRORS else 200):
                yield Shown(page, example.url, example.shown, example.json(), answer.json())
            else:
                print(name_of(page), example.url, answer.status_code, "BY HAND")


def _ask_writes(client: TestClient, key: str) -> Iterator[Shown]:
    for page in (API / "writing.md", API / "imports.md"):
        for write in find_writes(page.read_text(), key):
            answer = send(client, write.request).json()
            yield Shown(page, write.request.url, write.shown, write.json(), answer)


def _ask_problems(client: TestClient, key: str, writer: str) -> Iterator[Shown]:
    for slug, problem in shown_problems().items():
        answer = _ask_problem(client, problem, writer if slug == "insufficient-scope" else key)
        if answer is not None:
            yield _to_shown(problem, answer)


def _to_shown(problem: ShownProblem, answer: Response) -> Shown:
    return Shown(ERRORS, problem.slug, problem.fence, problem.document(answer), answer.json())


def _ask_problem(client: TestClient, problem: ShownProblem, key: str) -> Response | None:
    """Return the answer to the last request of the section; None if it is not this problem."""
    if problem.slug in _TOO_LONG:
        return client.get(**_TOO_LONG[problem.slug])
    answers = [send(client, request) for request in find_requests(problem.text, key)]
    return answers[-1] if answers and answers[-1].status_code == problem.status else None


def _ask_empty(folder: str) -> Response:
    """Return the answer of a server whose database has no tables."""
    Path(folder, "empty.db").touch()
    url = f"sqlite:///{folder}/empty.db"
    with closing(Database(url)) as database, client_of(database) as client:
        return client.get("/readyz")


if __name__ == "__main__":
    refresh_settings()
    refresh()
