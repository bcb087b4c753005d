"""docs/errors.md describes each problem, and shows a real answer for it."""

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.problems.catalogue import PROBLEMS, InsufficientScope
from app.tables.database import Database
from app.tables.log import newest_seq
from tests.docs.pages import DOCS, read_section
from tests.support.apps import client_of
from tests.support.replay import examples, find_requests, matches, send, shown_problems

SHOWN = shown_problems()
# Other tests compare these, because they need another server or a long request.
NOT_REPLAYED = {
    "headers-too-large",
    "import-in-progress",
    "request-timeout",
    "too-many-requests",
    "uri-too-long",
}


def test_each_problem_has_its_status_and_title() -> None:
    described = {slug: (shown.status, shown.title) for slug, shown in SHOWN.items()}

    assert described == {kind.slug: (int(kind.status), kind.title) for kind in PROBLEMS}


def test_problems_are_sorted_by_status() -> None:
    statuses = [shown.status for shown in SHOWN.values()]

    assert statuses == sorted(statuses)


def test_the_whole_example_matches_its_answer(scratch_client: TestClient) -> None:
    [example] = examples(f"{read_section(DOCS / 'errors.md', 'Form')}\n")

    answer = scratch_client.get(example.url)

    assert answer.status_code == 400
    assert matches(example.json(), answer.json()), answer.text


def test_a_database_without_tables_is_not_ready(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    url = f"sqlite:///{tmp_path}/empty.db"
    with closing(Database(url)) as database, client_of(database) as client:
        answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json() == SHOWN["not-ready"].document(answer)


def test_a_change_that_is_not_in_the_log(scratch_client: TestClient) -> None:
    shown = SHOWN["behind"]
    with scratch_client.app.state.database.read() as connection:  # type: ignore[attr-defined]
        newest = newest_seq(connection)

    answer = scratch_client.get("/v1/places/moscow", headers={"Timeline-At-Least": "999999999"})

    assert answer.status_code == 503
    expected = shown.document(answer)
    assert answer.json() == {**expected, "detail": expected["detail"].replace(" 4,", f" {newest},")}


@pytest.mark.thorough
@pytest.mark.parametrize(
    "kind",
    [kind for kind in PROBLEMS if kind.status < 500 and kind.slug not in NOT_REPLAYED],
    ids=lambda kind: kind.slug,
)
def test_the_answer_matches_the_page(
    kind: Any, scratch_client: TestClient, scratch_key: str, scratch_writer: str
) -> None:
    shown = SHOWN[kind.slug]
    key = scratch_writer if kind is InsufficientScope else scratch_key

    # Requests before the last one prepare it, and may repeat earlier ones.
    answers = [send(scratch_client, request) for request in find_requests(shown.text, key)]

    assert answers[-1].status_code == shown.status
    assert matches(shown.document(answers[-1]), answers[-1].json()), answers[-1].text
