"""Ids in filters that no entity has, with the ids that the caller may mean.

An unknown id matches nothing, and neither does a known one without events. So an empty page says which
ids are unknown. Other pages are not looked at: they cost no statement more.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from pydantic import BaseModel
from rapidfuzz import fuzz, process
from sqlalchemy import Connection, Select, null, select, union_all

from app.documents.unknown import UnknownValue
from app.domain.names.folding import fold
from app.domain.vocabulary import EntityKind
from app.reading.parameters.ids import id_parameters
from app.tables import core as t
from app.tables.at_once import refuse_at_once

# A caller with many unknown values has another mistake than a misspelt one.
MAX_UNKNOWN = 10
MAX_NEAREST = 3
# Measured on ids and names with a wrong, missing or doubled letter.
_LEAST_SCORE = 80
# Larger kinds are compared with the ids that precede and follow in the order of the alphabet.
_NUMEROUS = (EntityKind.EVENT, EntityKind.SOURCE)
_NEIGHBOURS = 50
# Comparing this number of names takes some 50 ms.
_MAX_NAMES = 20_000


class UnknownIdError(ValueError):
    """No item matches, and an id in the filters is one of no entity."""

    def __init__(self, unknown: Collection[UnknownValue]) -> None:
        super().__init__("nothing matches, and no entity has this id")
        self.unknown = unknown


def refuse_unknown(connection: Connection, filters: BaseModel) -> None:
    """Raise UnknownIdError if the filters have the id of no entity. For empty files.

    A file has no place beside its items to say so, and an empty one looks like an answer.
    """
    refuse_ids(find_unknown_ids(connection, filters))


def refuse_ids(unknown: Collection[UnknownValue]) -> None:
    """Raise UnknownIdError if some of the values are ids: a word that no event has is no mistake."""
    if ids := [each for each in unknown if not each.is_word]:
        raise UnknownIdError(ids)


def find_unknown_ids(connection: Connection, filters: BaseModel) -> list[UnknownValue]:
    """Return the values of the filters that are ids of no entity.

    One statement for each kind of entity, and one or two more for a kind with an unknown id.
    """
    asked = [
        (name, kind, value)
        for name, kind in id_parameters(type(filters)).items()
        for value in dict.fromkeys(getattr(filters, name))
    ]
    existing = _existing(connection, asked)
    unknown = [each for each in asked if each[2] not in existing[each[1]]][:MAX_UNKNOWN]
    names = _Names(connection)
    return [
        UnknownValue(parameter=name, value=value, nearest=names.nearest(kind, value))
        for name, kind, value in unknown
    ]


def _existing(
    connection: Connection, asked: Collection[tuple[str, EntityKind, str]]
) -> Mapping[EntityKind, set[str]]:
    values: dict[EntityKind, set[str]] = defaultdict(set)
    for _, kind, value in asked:
        values[kind].add(value)
    return {kind: {*connection.scalars(_with_ids(kind, slugs))} for kind, slugs in values.items()}


def _with_ids(kind: EntityKind, slugs: set[str]) -> Select[tuple[str]]:
    slug = t.ENTITIES[kind].c.slug
    found = select(slug).where(slug.in_(slugs))
    if kind is not EntityKind.TAG:
        return found
    # In past states, tags from before tags were entities have no row.
    of_event = t.event_tag.c.tag
    return select(union_all(found, select(of_event).where(of_event.in_(slugs))).subquery().c[0])


class _Names:
    """The ids and names of each kind, read when the first value of the kind is unknown."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._read: dict[EntityKind, list[tuple[str, str]]] = {}

    def nearest(self, kind: EntityKind, value: str) -> list[str]:
        """Return the ids of the entities whose id or name is most similar, the best first."""
        refuse_at_once()
        if kind in _NUMEROUS:
            named = [*_neighbours(self._connection, kind, value)]
        else:
            named = self._read.get(kind) or [*_named(self._connection, kind)]
            self._read[kind] = named
        ranked = _ranked(fold(value), [name for _, name in named])
        return [*dict.fromkeys(named[index][0] for index in ranked)][:MAX_NEAREST]


def _ranked(value: str, names: list[str]) -> list[int]:
    """Return the indexes of the similar names: of those that are misspelt, or have the same words."""
    scores: dict[int, float] = defaultdict(float)
    for scorer in (fuzz.ratio, fuzz.token_set_ratio):
        found = process.extract(value, names, scorer=scorer, score_cutoff=_LEAST_SCORE, limit=None)
        for _, score, index in found:
            scores[index] = max(scores[index], score)
    # Among names that have all words, the shortest is the most similar. The index breaks ties, so that
    # both engines give one order.
    return sorted(scores, key=lambda i: (-scores[i], -fuzz.ratio(value, names[i]), i))


def _named(connection: Connection, kind: EntityKind) -> Iterator[tuple[str, str]]:
    """Yield ids with their folded names, in the order of the ids."""
    table = t.ENTITIES[kind]
    if kind is EntityKind.PARTICIPANT:
        name = t.participant_name.c
        statement = select(table.c.slug, name.folded).join(table, table.c.id == name.participant_id)
        rows = connection.execute(statement.order_by(table.c.slug).limit(_MAX_NAMES)).all()
        yield from ((slug, folded) for slug, folded in rows)
        yield from ((slug, fold(slug)) for slug in dict.fromkeys(slug for slug, _ in rows))
        return
    aliases = table.c.aliases if "aliases" in table.c else null().label("aliases")
    statement = select(table.c.slug, table.c.names, aliases).order_by(table.c.slug)
    for row in connection.execute(statement.limit(_MAX_NAMES)):
        texts = [row.slug, *row.names.values(), *(row.aliases or ())]
        yield from ((row.slug, fold(text)) for text in texts)


def _neighbours(connection: Connection, kind: EntityKind, value: str) -> Iterator[tuple[str, str]]:
    slug = t.ENTITIES[kind].c.slug
    before = select(slug).where(slug < value).order_by(slug.desc()).limit(_NEIGHBOURS)
    after = select(slug).where(slug > value).order_by(slug).limit(_NEIGHBOURS)
    for statement in (before, after):
        yield from ((each, fold(each)) for each in connection.scalars(statement))
