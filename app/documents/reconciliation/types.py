"""The types of the entities that a table can be matched with, and the ids that tell them apart."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from app.domain.values import is_slug
from app.domain.vocabulary import EntityKind, ParticipantKind


class EntityType(StrEnum):
    """A type of entity; a participant is of one narrower type too."""

    PARTICIPANT = "participant"
    PERSON = "person"
    ORGANISATION = "organisation"
    STATE = "state"
    OFFICE = "office"
    PLACE = "place"
    TREATY = "treaty"


BROADER: Final[Mapping[EntityType, EntityType]] = {
    EntityType(kind): EntityType.PARTICIPANT for kind in ParticipantKind
}
KINDS: Final[Mapping[EntityType, EntityKind]] = {
    each: EntityKind(BROADER.get(each, each)) for each in EntityType
}
_COLLECTIONS: Final = {kind.collection: kind for kind in dict.fromkeys(KINDS.values())}


class EntityId(NamedTuple):
    """An entity of any kind; as text it is the end of its URL: `places/moscow`."""

    kind: EntityKind
    slug: str

    def __str__(self) -> str:
        return f"{self.kind.collection}/{self.slug}"


def read_id(text: str, space: str = "") -> EntityId | None:
    """Return the entity that an id names, alone or after the URL `space`; None for any other text."""
    collection, slash, slug = text.removeprefix(space).partition("/")
    kind = _COLLECTIONS.get(collection)
    # PostgreSQL refuses to compare some texts that no id can be, such as one with a NUL.
    if kind is None or not slash or not is_slug(slug):
        return None
    return EntityId(kind, slug)


def read_beginning(text: str, space: str = "") -> EntityId | None:
    """Return the kind and the beginning of a name from a half-typed id; None for any other text.

    The name may be empty, or end in a hyphen: `places/`, `places/kumsusan-`.
    """
    collection, slash, begun = text.removeprefix(space).partition("/")
    kind = _COLLECTIONS.get(collection)
    if kind is None or not slash or not (begun == "" or is_slug(begun.removesuffix("-"))):
        return None
    return EntityId(kind, begun)


def types_of(kind: EntityKind, narrower: str | None) -> Sequence[EntityType]:
    """Return the types of an entity, the narrowest first; `narrower` is the kind of a participant."""
    own = EntityType(kind)
    return [EntityType(narrower), own] if own in BROADER.values() and narrower else [own]


class TypeScope(NamedTuple):
    """The kinds of entities that a query asks for, and the kinds of participants; empty for any."""

    kinds: Sequence[EntityKind]
    participants: Sequence[ParticipantKind]

    def holds(self, kind: EntityKind, narrower: str | None) -> bool:
        """Return whether an entity is in the scope; `narrower` is the kind of a participant."""
        if kind is EntityKind.PARTICIPANT and self.participants:
            return narrower in self.participants
        return kind in self.kinds


def scope_of(types: Collection[EntityType]) -> TypeScope:
    """Return the scope of several types, which are alternatives; without any, of all."""
    wanted = types or [*EntityType]
    kinds = [*dict.fromkeys(KINDS[each] for each in wanted)]
    narrower = [ParticipantKind(each) for each in wanted if each in BROADER]
    return TypeScope(kinds, [] if EntityType.PARTICIPANT in wanted else narrower)
