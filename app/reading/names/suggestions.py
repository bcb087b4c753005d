"""The entities that a wrong id or a name in a record may mean, for the errors of a refused write."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice

from pydantic import ValidationError

from app.domain.vocabulary import EntityKind
from app.domain.wording import list_meant, slug_of
from app.reading.names.things import resolve_entities
from app.reading.parameters.names import EntityNameQuery, NamedKind
from app.records.parsing.errors import RecordError
from app.tables.database import Database

# Looking up a name takes some ten milliseconds.
_MOST_LOOKED_UP = 30
_MOST_MEANT = 3
# Returns the ids of the entities of a kind that a name or a wrong id may mean, the likeliest first.
FindMeant = Callable[[EntityKind, str], Sequence[str]]


def with_suggestions(database: Database, errors: Sequence[RecordError]) -> Sequence[RecordError]:
    """Return the errors; each wrong id that lacks a suggestion gets the entities with this name.

    A name counts in any script and spelling, and so does a part of a name, such as a surname.
    """
    return suggest(errors, lambda kind, text: find_meant(database, kind, text))


def suggest(errors: Sequence[RecordError], find: FindMeant) -> Sequence[RecordError]:
    """Return the errors, with the suggestions that `find` gives for the first 30 wrong ids."""
    wanting = (each for each in errors if each.meant and "did you mean" not in each.problem)
    asked = {each.meant for each in islice(wanting, _MOST_LOOKED_UP)}
    known = {meant: find(*meant) for meant in asked if meant}
    return [_suggested(each, known.get(each.meant, ()) if each.meant else ()) for each in errors]


def find_meant(database: Database, kind: EntityKind, text: str) -> Sequence[str]:
    """Return the ids of at most three entities of the kind with this name, or with this as a part of it."""
    if kind not in [*NamedKind]:
        return []
    try:
        name = text.replace("-", " ").replace("_", " ")
        query = EntityNameQuery(name=name, kind=[NamedKind(kind)], limit=_MOST_MEANT)
    except ValidationError:
        return []
    with database.read() as connection:
        found = [json.loads(item) for item in resolve_entities(connection, query).items]
    # A place within Pyongyang has Pyongyang in its name, but the city has it for a name.
    return [item["id"] for item in found if item["why"] == found[0]["why"]]


def _suggested(error: RecordError, ids: Sequence[str]) -> RecordError:
    if "did you mean" in error.problem or not error.meant:
        return error
    written = slug_of(error.meant[1])
    if not ids and written and written != error.meant[1]:
        ids = [written]
    return replace(error, problem=f"{error.problem}{list_meant(ids)}")
