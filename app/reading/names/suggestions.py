"""The entities that a wrong id or a name in a record may mean, for the errors of a refused write."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, NamedTuple

from pydantic import ValidationError

from app.domain.names.matching import MatchKind
from app.domain.vocabulary import EntityKind
from app.domain.wording import list_meant, slug_of
from app.reading.names.things import resolve_entities
from app.reading.parameters.names import EntityNameQuery, NamedKind
from app.records.parsing.errors import RecordError
from app.tables.database import Database

# Looking up a name takes some ten milliseconds.
_MOST_LOOKED_UP = 30
_MOST_MEANT = 3
_HINT = "; did you mean "
_UNSURE = (MatchKind.WITH_OTHER_WORDS, MatchKind.FUZZY)


class MeantEntities(NamedTuple):
    """The ids of entities that a name or a wrong id may mean, the likeliest first.

    `certain` if they have that name, and no similar one.
    """

    ids: Sequence[str] = ()
    certain: bool = False


FindMeant = Callable[[EntityKind, str], MeantEntities]


def with_suggestions(database: Database, errors: Sequence[RecordError]) -> Sequence[RecordError]:
    """Return the errors; each wrong id has the entities with this name as a suggestion.

    A name counts in any script and spelling, and so does a part of a name, such as a surname.
    """
    return suggest(errors, lambda kind, text: find_meant(database, kind, text))


def suggest(errors: Sequence[RecordError], find: FindMeant) -> Sequence[RecordError]:
    """Return the errors, with the suggestions that `find` gives for the first 30 wrong ids.

    A similar id that the problem suggests already gives way to entities with the very name.
    """
    asked = dict.fromkeys(each.meant for each in errors if each.meant)
    known = {meant: find(*meant) for meant in islice(asked, _MOST_LOOKED_UP)}
    return [_suggested(each, known.get(each.meant)) if each.meant else each for each in errors]


def find_meant(database: Database, kind: EntityKind, text: str) -> MeantEntities:
    """Return at most three entities of the kind with this name, or with this as a part of it."""
    if kind not in [*NamedKind]:
        return MeantEntities()
    try:
        query = EntityNameQuery(name=name_of(text), kind=[NamedKind(kind)], limit=_MOST_MEANT)
    except ValidationError:
        return MeantEntities()
    with database.read() as connection:
        return best_of(map(json.loads, resolve_entities(connection, query).items))


def name_of(text: str) -> str:
    """Return the name that a wrong id may hold: `vladimir putin` of `vladimir_putin`."""
    return text.replace("-", " ").replace("_", " ")


def best_of(items: Iterable[Mapping[str, Any]]) -> MeantEntities:
    """Return the entities of `/v1/resolve` that match as well as the first one.

    A square in Pyongyang has Pyongyang in its name, but only the city has it for a name.
    """
    found = [*items][:_MOST_MEANT]
    ids = [item["id"] for item in found if item["why"] == found[0]["why"]]
    return MeantEntities(ids, bool(found) and found[0]["why"] not in _UNSURE)


def _suggested(error: RecordError, meant: MeantEntities | None) -> RecordError:
    problem, hint, _ = error.problem.partition(_HINT)
    if meant is None or error.meant is None or (hint and not meant.certain):
        return error
    kind, text = error.meant
    written = [slug for slug in [slug_of(text)] if kind in [*NamedKind] and slug not in ("", text)]
    return replace(error, problem=f"{problem}{list_meant(meant.ids or written)}")
