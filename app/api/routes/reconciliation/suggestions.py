"""Complete ids and names as a user types, and propose properties; each with a small preview."""

from collections.abc import Iterable
from typing import Annotated, Final

from fastapi import Query, Request, Response

from app.api.dependencies.reader import PresentReaderDep
from app.api.problems.catalogue import NotFound
from app.api.routes.reconciliation.entities import existing_entity, named_entity
from app.api.routes.reconciliation.messages import answer, invalid
from app.api.routes.reconciliation.router import (
    ServiceLanguage,
    id_space,
    make_service_router,
    serve,
)
from app.documents.reconciliation.properties import FETCHED, PropertyId, properties_of
from app.documents.reconciliation.types import EntityType, scope_of
from app.domain.names.folding import fold
from app.domain.wording import did_you_mean
from app.formats.json_objects import JsonObject
from app.formats.pages.reconciliation.answers import (
    write_entity_flyout,
    write_flyout,
    write_suggestion,
)
from app.formats.pages.reconciliation.names import (
    property_name,
    type_name,
    write_property,
    write_type,
)
from app.reading.reconciling.suggesting import MOST_SKIPPED, suggest_entities

router = make_service_router()
_MOST_PROPOSED: Final = 1000
# The parameters that every path takes: for JSONP, and the beginning of an id or a name.
_Callback = Annotated[str, Query()]
_Typed = Annotated[str, Query(alias="prefix")]
_Skipped = Annotated[int, Query(alias="cursor", ge=0, le=MOST_SKIPPED)]


@serve(router, "/suggest/entity")
def suggest_entity(
    request: Request,
    language: ServiceLanguage,
    reader: PresentReaderDep,
    typed: _Typed = "",
    skipped: _Skipped = 0,
    type: str = "",
    callback: _Callback = "",
) -> Response:
    """Complete the name of an entity, of a type if one is given."""
    scope, space = scope_of(_types(type)), id_space(request)
    found = reader.find(lambda c: suggest_entities(c, typed, scope, skipped, space))
    return answer({"result": [write_suggestion(language, *each) for each in found]}, callback)


@serve(router, "/suggest/type")
async def suggest_type(
    language: ServiceLanguage, typed: _Typed = "", skipped: _Skipped = 0, callback: _Callback = ""
) -> Response:
    """Complete the name of a type."""
    named = {each: type_name(language, each) for each in EntityType}
    found = [
        write_type(language, EntityType(each), broader=True)
        for each in _begin_so(typed, named.items())
    ]
    return answer({"result": found[skipped:]}, callback)


@serve(router, "/suggest/property")
async def suggest_property(
    language: ServiceLanguage,
    typed: _Typed = "",
    skipped: _Skipped = 0,
    type: str = "",
    callback: _Callback = "",
) -> Response:
    """Complete the name of a property, of a type if one is given."""
    chosen = next(iter(_types(type)), None)
    named = {each: property_name(language, each) for each in properties_of(chosen)}
    found = [write_property(language, PropertyId(each)) for each in _begin_so(typed, named.items())]
    return answer({"result": found[skipped:]}, callback)


@serve(router, "/properties")
async def propose_properties(
    language: ServiceLanguage,
    type: str = "",
    limit: Annotated[int, Query(ge=1, le=_MOST_PROPOSED)] = _MOST_PROPOSED,
    callback: _Callback = "",
) -> Response:
    """Propose the properties that can be fetched of entities of a type, or of any."""
    chosen = next(iter(_types(type)), None)
    fetched = [each for each in properties_of(chosen) if each in FETCHED]
    proposed: JsonObject = {"properties": [write_property(language, n) for n in fetched[:limit]]}
    if chosen is not None:
        proposed["type"] = chosen
    if limit < _MOST_PROPOSED:
        proposed["limit"] = limit
    return answer(proposed, callback)


@serve(router, "/suggest/entity/flyout")
def preview_suggested_entity(
    request: Request,
    language: ServiceLanguage,
    reader: PresentReaderDep,
    id: str = "",
    callback: _Callback = "",
) -> Response:
    """Preview an entity."""
    named = named_entity(request, id)
    known = reader.find(lambda connection: existing_entity(connection, named))
    return answer(write_entity_flyout(language, *known), callback)


@serve(router, "/suggest/type/flyout")
async def preview_suggested_type(
    language: ServiceLanguage, id: str = "", callback: _Callback = ""
) -> Response:
    """Preview a type: the properties that its entities have."""
    if id not in [*EntityType]:
        raise NotFound(f"id: no type has the id {id[:100]!r}{did_you_mean(id, EntityType)}")
    chosen = EntityType(id)
    properties = ", ".join(property_name(language, each) for each in properties_of(chosen))
    return answer(write_flyout(id, type_name(language, chosen), properties), callback)


@serve(router, "/suggest/property/flyout")
async def preview_suggested_property(
    language: ServiceLanguage, id: str = "", callback: _Callback = ""
) -> Response:
    """Preview a property: the types of the entities that have it."""
    if id not in [*PropertyId]:
        raise NotFound(f"id: no property has the id {id[:100]!r}{did_you_mean(id, PropertyId)}")
    chosen = PropertyId(id)
    types = [type_name(language, each) for each in EntityType if chosen in properties_of(each)]
    return answer(write_flyout(id, property_name(language, chosen), ", ".join(types)), callback)


def _types(text: str) -> list[EntityType]:
    """Return the type with an id; none for an empty text. Raises InvalidParameter."""
    if not text:
        return []
    if text not in [*EntityType]:
        known = ", ".join(EntityType)
        raise invalid("type", [f"no type has the id {text[:100]!r}; the types are {known}"])
    return [EntityType(text)]


def _begin_so(typed: str, named: Iterable[tuple[str, str]]) -> list[str]:
    """Return the ids that begin so, or whose names have a word that does; all of them for no text."""
    start = fold(typed)
    return [
        id_
        for id_, name in named
        if f" {start}" in f" {fold(id_)}" or f" {start}" in f" {fold(name)}"
    ]
