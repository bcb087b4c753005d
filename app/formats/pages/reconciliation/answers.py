"""Candidates, suggestions, flyouts and columns, as the service answers them."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from app.documents.entities import (
    Document,
    OfficeDocument,
    PlaceDocument,
    TreatyDocument,
)
from app.documents.entities.earlier import participant_of
from app.documents.reconciliation.properties import REFERRED, PropertyId, PropertyValues
from app.documents.reconciliation.types import EntityId, EntityType, types_of
from app.domain.date_text import date_text
from app.domain.languages import Language, text_in
from app.domain.values import LanguageMap
from app.domain.vocabulary import EntityKind
from app.formats.json_objects import JsonObject
from app.formats.pages.describing import describe
from app.formats.pages.reconciliation.names import type_of_kind, write_property, write_type
from app.formats.phrases import label

_Stored = Mapping[str, Any]


def write_candidate(
    language: Language,
    id_: EntityId,
    document: _Stored,
    score: float,
    features: Mapping[str, float | bool],
    *,
    match: bool,
) -> JsonObject:
    """Return an entity that a row may mean."""
    types = [write_type(language, each) for each in _types(id_, document)]
    return {
        **_entity(language, id_, document),
        "type": types,
        "score": score,
        "features": [{"id": name, "value": value} for name, value in features.items()],
        "match": match,
    }


def write_suggestion(language: Language, id_: EntityId, document: _Stored) -> JsonObject:
    """Return an entity whose name begins as somebody types."""
    notable = [write_type(language, each) for each in _types(id_, document)]
    return {**_entity(language, id_, document), "notable": notable}


def write_extension(
    language: Language,
    wanted: Mapping[PropertyId, int],
    rows: Mapping[str, Mapping[PropertyId, PropertyValues]],
    referred: Mapping[EntityId, _Stored],
) -> JsonObject:
    """Return the columns of the wanted properties, each with the most values or 0, for each id."""
    return {
        "meta": [_column(language, name) for name in wanted],
        "rows": {
            id_: {
                name: [*_cells(language, values[name], referred)][: most or None]
                for name, most in wanted.items()
            }
            for id_, values in rows.items()
        },
    }


def write_flyout(id_: str, name: str, description: str) -> JsonObject:
    """Return the small preview of a suggestion, as HTML."""
    text = f"<p><b>{escape(name)}</b></p>"
    return {"id": id_, "html": f"{text}<p>{escape(description)}</p>" if description else text}


def write_entity_flyout(language: Language, id_: EntityId, document: _Stored) -> JsonObject:
    """Return the small preview of an entity, as HTML."""
    entity = _entity(language, id_, document)
    return write_flyout(entity["id"], entity["name"], entity["description"])


def description_of(language: Language, kind: EntityKind, document: _Stored) -> str:
    """Return the kind of an entity and more that tells it from others of the same name."""
    entity = read_entity(kind, document)
    if not isinstance(entity, TreatyDocument):
        return describe(language, entity)
    first = [date_text(language, each.date) for each in entity.stages[:1]]
    return " · ".join([label(language, entity.kind), *first])


def read_entity(kind: EntityKind, document: _Stored) -> Document:
    """Return the document of an entity."""
    match kind:
        case EntityKind.PARTICIPANT:
            return participant_of(document)
        case EntityKind.PLACE:
            return PlaceDocument.model_validate(document)
        case EntityKind.OFFICE:
            return OfficeDocument.model_validate(document)
    return TreatyDocument.model_validate(document)


def _entity(language: Language, id_: EntityId, document: _Stored) -> JsonObject:
    return {
        "id": str(id_),
        "name": name_of(language, document),
        "description": description_of(language, id_.kind, document),
    }


def name_of(language: Language, document: _Stored) -> str:
    """Return the name of an entity in the language."""
    return text_in(language, LanguageMap(**document["names"]))


def _types(id_: EntityId, document: _Stored) -> Sequence[EntityType]:
    narrower = document["kind"] if id_.kind is EntityKind.PARTICIPANT else None
    return types_of(id_.kind, narrower)


def _column(language: Language, name: PropertyId) -> JsonObject:
    column = write_property(language, name)
    if name in REFERRED:
        column["type"] = type_of_kind(language, REFERRED[name])
    return column


def _cells(
    language: Language, values: PropertyValues, referred: Mapping[EntityId, _Stored]
) -> Iterable[JsonObject]:
    yield from ({"str": text} for text in values.texts)
    for number in values.numbers:
        yield {"int": number} if isinstance(number, int) else {"float": number}
    for id_ in values.entities:
        if id_ in referred:
            yield {"id": str(id_), "name": name_of(language, referred[id_])}
