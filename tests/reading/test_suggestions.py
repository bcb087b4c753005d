"""A wrong id or a name in a record is answered with the entities that it may mean."""

import json
from typing import Any

import pytest

from app.domain.vocabulary import EntityKind
from app.reading.names.suggestions import MeantEntities, suggest, with_suggestions
from app.records.parsing.errors import RecordError
from app.tables.database import Database
from tests.support.builders import read_data

EVENT: dict[str, Any] = {"id": "2024-11-01-talks"}


def _problem(database: Database, kind: EntityKind, text: str) -> str:
    error = RecordError("a.yaml", 1, "x", "/place", "found it", meant=(kind, text))
    (told,) = with_suggestions(database, [error])
    return told.problem.removeprefix("found it")


@pytest.mark.parametrize(
    ("kind", "text", "meant"),
    [
        ("place", "Pyongyang", "'pyongyang'"),
        ("place", "Пхеньян", "'pyongyang'"),
        ("place", "평양", "'pyongyang'"),
        ("participant", "putin", "'vladimir-putin'"),
        ("participant", "Vladimir Putin", "'vladimir-putin'"),
        ("participant", "Путин", "'vladimir-putin'"),
        ("participant", "푸틴", "'vladimir-putin'"),
        ("participant", "최선희", "'choe-son-hui'"),
        ("participant", "Choi Sun-hee", "'choe-son-hui'"),
        ("participant", "lavrov_sergey", "'sergey-lavrov'"),
        ("publisher", "ТАСС", "'tass'"),
    ],
)
def test_names_in_any_script_mean_an_id(seeded: Database, kind: str, text: str, meant: str) -> None:
    problem = _problem(seeded, EntityKind(kind), text)

    assert problem.startswith("; did you mean ")
    assert problem.removeprefix("; did you mean ").startswith(meant)


@pytest.mark.parametrize("text", ["Xyzzy Qwrt", "\n", "x" * 500, "…"])
def test_a_text_that_nobody_has_for_a_name_gets_none_or_its_own_form(
    seeded: Database, text: str
) -> None:
    problem = _problem(seeded, EntityKind.PLACE, text)

    assert problem in ("", f"; did you mean '{text.lower().replace(' ', '-')}'?")


@pytest.mark.parametrize(
    ("meant", "problem"),
    [
        (MeantEntities(), "no; did you mean 'a'?"),
        (MeantEntities(["c"]), "no; did you mean 'a'?"),
        (MeantEntities(["c", "d"], certain=True), "no; did you mean 'c' or 'd'?"),
    ],
    ids=["none", "similar", "the name"],
)
def test_only_the_very_name_replaces_a_similar_id(meant: MeantEntities, problem: str) -> None:
    error = RecordError(
        "", 1, "x", "/place", "no; did you mean 'a'?", meant=(EntityKind.PLACE, "b")
    )

    (told,) = suggest([error], lambda kind, text: meant)

    assert told.problem == problem


def test_a_source_has_no_name(seeded: Database) -> None:
    assert _problem(seeded, EntityKind.SOURCE, "TASS") == ""


def test_thousands_of_errors_ask_for_few_names() -> None:
    errors = [
        RecordError("", n, "x", "/place", "no", meant=(EntityKind.PLACE, f"p{n}"))
        for n in range(1000)
    ]
    asked: list[str] = []

    def find(_: EntityKind, text: str) -> MeantEntities:
        asked.append(text)
        return MeantEntities()

    told = suggest(errors, find)

    assert (len(told), len(asked)) == (1000, 30)


@pytest.mark.parametrize(
    ("fields", "pointer", "problem"),
    [
        pytest.param({"location": "moscow"}, "/location", "unknown field; did you mean 'place'?", id="location"),
        pytest.param({"people": []}, "/people", "unknown field; did you mean 'participants'?", id="people"),
        pytest.param({"when": "2024"}, "/when", "unknown field; did you mean 'date'?", id="when"),
        pytest.param(
            {"title": "Talks"},
            "/title",
            "found the text 'Talks', expected a mapping from languages to texts: {en: 'Talks'}",
            id="a title without a language",
        ),
        pytest.param(
            {"relations": [{"type": "has_part", "event": "2024-11-02-b"}]},
            "/relations/0/type",
            "'has_part' is read from the other event: write 'part_of' in the record of that event",
            id="an inverse relation",
        ),
        pytest.param(
            {"place": "Pyongyang"},
            "/place",
            "found the text 'Pyongyang', expected an id: lower-case letters and digits joined by single "
            "hyphens, such as moscow; did you mean 'pyongyang'?",
            id="a name in place of an id",
        ),
    ],
)  # fmt: skip
def test_an_event_in_other_words(
    seeded: Database, fields: dict[str, Any], pointer: str, problem: str
) -> None:
    body = {"events": [EVENT | fields]}
    _, errors = read_data(json.dumps(body).encode(), "body", ".json")

    told = {each.pointer: each.problem for each in with_suggestions(seeded, errors)}

    assert told[f"/events/0{pointer}"] == problem
