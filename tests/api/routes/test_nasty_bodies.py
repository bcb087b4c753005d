"""Any body is applied or refused with a 4xx, and a refused body changes nothing."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.records.models import Record
from app.tables import core as t
from app.tables.database import Database
from tests.support.apps import client_of, empty
from tests.support.builders import make_cast, make_event, make_place, make_tag, make_treaty
from tests.support.chance import scaled
from tests.support.editing import Editing, path_of, plain

TREATY_STAGE = make_event(
    "2024-12-01-signing",
    type="treaty",
    subtype="signed",
    treaty="friendship-treaty",
    place="moscow",
    relations=[{"type": "follows", "event": "2024-11-01-talks"}],
    tags=["talks"],
)
RECORDS = [*make_cast(), make_place(), make_treaty(), make_tag("talks"), make_event(), TREATY_STAGE]
# Texts that are valid in some field, and texts that are valid in none.
WORDS = st.sampled_from(
    [
        "",
        "en",
        "RU",
        "SU",
        "moscow",
        "tass-1",
        "sergey-lavrov",
        "2024-11-01-talks",
        "2024-11",
        "..",
        "treaty",
        "signed",
        "visit",
        "host",
        "NO",
        "\0",
        "\ud800",
        "🤝",
        "a" * 5000,
        "https://x.org",
    ]
) | st.text(max_size=20)
NAMES = st.sampled_from(sorted({key for each in RECORDS for key in plain(each)}) + ["en", "role"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES | WORDS, inner, max_size=4),
    max_leaves=12,
)


@pytest.fixture(scope="module")
def editing(_work: Database) -> Iterator[Editing]:
    """Yield a client of a database with each kind of record; writes remain until the end."""
    with client_of(_work) as client:
        editing = Editing(client, _work)
        editing.create(*RECORDS)
        yield editing
    empty(_work)


@st.composite
def _fields(draw: st.DrawFn, record: Record) -> dict[str, Any]:
    """Draw some fields, each with its value in another record, null, or any value."""
    names = draw(st.lists(st.sampled_from(sorted(plain(record))), max_size=2)) + [
        draw(NAMES) for _ in range(draw(st.integers(0, 9)) // 9)
    ]
    known = {
        name: [None, *(plain(each)[name] for each in RECORDS if name in plain(each))]
        for name in names
    }
    return {name: draw(st.sampled_from(known[name]) | VALUES) for name in names}


@st.composite
def _bodies(draw: st.DrawFn) -> tuple[str, str, bytes]:
    """Draw a method, a path, and a body that is nearly valid or arbitrary."""
    record = draw(st.sampled_from(RECORDS))
    method = draw(st.sampled_from(["PUT", "PATCH"]))
    whole = plain(record) if method == "PUT" else {}
    nearly = _fields(record).map(lambda fields: json.dumps(whole | fields).encode())
    anything = VALUES.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=50)
    return method, path_of(record), draw(nearly | nearly | anything)


def _state(database: Database) -> tuple[int, list[tuple[str, str]]]:
    """Return the number of the last change, and every document."""
    with database.read() as connection:
        last = connection.scalar(select(func.max(t.change.c.seq))) or 0
        tables = t.ENTITIES.values()
        documents = [
            (row.slug, row.document)
            for table in tables
            for row in connection.execute(select(table.c.slug, table.c.document))
        ]
    return last, sorted(documents)


@pytest.mark.thorough
@settings(max_examples=scaled(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=_bodies())
def test_a_body_is_applied_or_refused(editing: Editing, _work: Database, sent: Any) -> None:
    method, path, body = sent
    before = _state(_work)

    answer = editing.send(method, path, body, {"If-Match": "*"})

    if answer.status_code == 200:
        assert answer.content == editing.client.get(path).content
    else:
        assert answer.status_code == 422, answer.text
        assert answer.json()["errors"]
        assert _state(_work) == before
