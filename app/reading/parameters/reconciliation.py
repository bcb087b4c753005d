"""Queries of the Reconciliation API 0.2, as clients send them in JSON."""

from enum import StrEnum
from functools import cached_property
from typing import Annotated, Final

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    RootModel,
    ValidationError,
    model_validator,
)

from app.documents.reconciliation.properties import REFERRED, PropertyId
from app.documents.reconciliation.types import EntityType, TypeScope, scope_of
from app.domain.wording import quote_value

# OpenRefine sends ten queries at once, or as many as the manifest allows.
MOST_QUERIES: Final = 25
MOST_NAMES: Final = 100
MOST_IDS: Final = 500
MOST_CANDIDATES: Final = 50
_MOST_PROPERTIES: Final = 30
_MOST_VALUES: Final = 100
# An empty cell, as programs write it.
_EMPTY: Final = ("", "NaN", "None")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TypeStrictness(StrEnum):
    """Whether an entity needs one of several types, or all of them."""

    ANY = "any"
    SHOULD = "should"
    ALL = "all"


class EntityValue(BaseModel):
    """A value that was matched with an entity before."""

    id: str
    name: str = ""


def _read_value(value: object) -> EntityValue | bool | float | str:
    """Return a value of a property; raises ValueError with one sentence for all forms that it may have."""
    if isinstance(value, dict):
        try:
            return EntityValue.model_validate(value)
        except ValidationError:
            pass
    elif isinstance(value, bool | float | str):
        return value
    elif isinstance(value, int):
        return str(value)
    expected = "a text, a number, true, false, or an entity as an object with a text `id`"
    raise ValueError(f"found {quote_value(value)}, expected {expected}")


Value = Annotated[EntityValue | bool | float | str, PlainValidator(_read_value)]


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _listed_values(value: object) -> list[object]:
    """Return the values as a list; null is an empty cell."""
    return [each for each in _listed(value) if each is not None]


def _read_name(value: object) -> object:
    """Return the name; null is an empty cell."""
    return "" if value is None else value


def _listed_types(value: object) -> object:
    """Return the types as a list; OpenRefine sends an empty text for no type."""
    return [] if value in (None, "") else _listed(value)


class PropertyQuery(_Strict):
    """A property that the entity is expected to have, with alternative values."""

    pid: PropertyId
    v: Annotated[list[Value], BeforeValidator(_listed_values)]

    @model_validator(mode="after")
    def _limit_texts(self) -> "PropertyQuery":
        if len(self.texts) > _MOST_VALUES:
            raise ValueError(f"a property has at most {_MOST_VALUES} alternative values")
        return self

    @cached_property
    def texts(self) -> list[str]:
        """The values as texts, each once: the id of an entity, a whole number without a fraction.

        Each line of a text is a value: reconciler 0.2.2 joins so the cells of all rows that have one name. It
        writes an empty cell as NaN, which is none.
        """
        lines = (line.strip() for value in self.v for line in _as_text(value).splitlines())
        return [*dict.fromkeys(line for line in lines if line not in _EMPTY)]


def _as_text(value: Value) -> str:
    if isinstance(value, EntityValue):
        return value.id
    return f"{value:.15g}" if isinstance(value, float) else str(value)


class ReconciliationQuery(_Strict):
    """A row of a table: a name, and what else is known of the entity."""

    query: Annotated[str, BeforeValidator(_read_name)] = ""
    type: Annotated[list[EntityType], BeforeValidator(_listed_types), Field(max_length=20)] = []
    limit: Annotated[int, Field(ge=1)] = 10
    properties: Annotated[list[PropertyQuery], Field(max_length=_MOST_PROPERTIES)] = []
    type_strict: TypeStrictness = TypeStrictness.ANY

    @model_validator(mode="after")
    def _ask_something(self) -> "ReconciliationQuery":
        if not self.model_fields_set & {"query", "properties"}:
            raise ValueError("a query needs `query`, a name, or `properties`")
        return self

    @property
    def scope(self) -> TypeScope:
        """The kinds of entities that have one of the types."""
        return scope_of(self.type)

    @property
    def most(self) -> int:
        """The number of candidates to return."""
        return min(self.limit, MOST_CANDIDATES)


class ReconciliationBatch(RootModel[dict[str, ReconciliationQuery]]):
    """Queries by names that the client chose."""

    def count_names(self) -> int:
        """Return the number of values that may name an entity: each is looked up like a query."""
        properties = (each for query in self.root.values() for each in query.properties)
        return sum(len(each.texts) for each in properties if each.pid in REFERRED)


class PropertySettings(_Strict):
    """How to fetch a property: the most values of each entity, 0 for all."""

    limit: Annotated[
        int, BeforeValidator(lambda value: 0 if value == "" else value), Field(ge=0)
    ] = 0


class FetchedProperty(_Strict):
    """A property to fetch."""

    id: PropertyId
    name: str = ""
    settings: PropertySettings = PropertySettings()


class ExtensionQuery(_Strict):
    """The properties to fetch of some entities."""

    ids: Annotated[list[str], Field(max_length=MOST_IDS)]
    properties: Annotated[list[FetchedProperty], Field(max_length=_MOST_PROPERTIES)]
