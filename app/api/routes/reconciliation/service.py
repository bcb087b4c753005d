"""The service itself: its manifest, candidates for rows, columns of properties, and previews."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from anyio.to_thread import run_sync
from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from pydantic import TypeAdapter
from sqlalchemy import Connection

from app.api.dependencies.reader import PresentReaderDep, Reader
from app.api.http.pages import page_headers, site_of
from app.api.http.urls import base_url
from app.api.problems.catalogue import BodyTooLarge
from app.api.routes.reconciliation.entities import existing_entity, named_entity
from app.api.routes.reconciliation.messages import (
    answer,
    invalid,
    once,
    read_form,
    read_json,
    read_value,
)
from app.api.routes.reconciliation.router import (
    ServiceLanguage,
    id_space,
    make_service_router,
    serve,
    service_url,
)
from app.documents.reconciliation.properties import FETCHED
from app.domain.languages import Language
from app.formats.json_objects import JsonObject
from app.formats.pages.reconciliation.answers import write_candidate, write_extension
from app.formats.pages.reconciliation.manifest import write_manifest
from app.formats.pages.reconciliation.preview import PREVIEWED, write_preview
from app.reading.parameters.reconciliation import (
    MOST_IDS,
    MOST_NAMES,
    MOST_QUERIES,
    ExtensionQuery,
    ReconciliationBatch,
    ReconciliationQuery,
)
from app.reading.reconciling.candidates import RowCandidate, find_candidates
from app.reading.reconciling.entities import KnownEntity
from app.reading.reconciling.extending import Extension, find_extension

router = make_service_router()
_BATCH: Final = TypeAdapter(ReconciliationBatch)
_QUERY: Final = TypeAdapter(ReconciliationQuery)
_EXTENSION: Final = TypeAdapter(ExtensionQuery)
_QUESTIONS: Final = ("queries", "query", "extend")
# Clients send them with any question: the name of a function for JSONP, and a number against caches.
_BESIDE: Final = ("callback", "_")
_Fields = Mapping[str, str]


@serve(router, "", "GET", "POST")
async def answer_reconciliation(
    request: Request, language: ServiceLanguage, reader: PresentReaderDep
) -> Response:
    """Answer a question in the query or in a form; a GET without one gets the manifest."""
    fields = once(request.query_params.multi_items())
    if request.method == "POST":
        fields = {**fields, **await read_form(request)}
    elif not any(name in fields for name in _QUESTIONS):
        return _describe(request, language, fields)
    return await run_sync(_answer, reader, language, fields)


def _describe(request: Request, language: Language, fields: _Fields) -> Response:
    if unknown := [name for name in fields if name not in _BESIDE]:
        names = ", ".join(_QUESTIONS)
        raise invalid(unknown[0][:60], [f"this path takes {names}, and none of them was sent"])
    base, service = base_url(request), service_url(request, language)
    manifest = write_manifest(base, service, language, request.app.version, MOST_QUERIES)
    return answer(manifest, fields.get("callback", ""))


def _answer(reader: Reader, language: Language, fields: _Fields) -> Response:
    asked = [name for name in _QUESTIONS if name in fields]
    if len(asked) != 1:
        reason = f"send one of {', '.join(_QUESTIONS)}"
        raise invalid(asked[1] if asked else "queries", [reason])
    text, callback = fields[asked[0]], fields.get("callback", "")
    match asked[0]:
        case "queries":
            value = _answer_batch(reader, language, read_json("queries", text))
        case "query":
            value = _answer_one(reader, language, text, fields)
        case _:
            value = _extend(reader, language, read_json("extend", text))
    return answer(value, callback)


def _answer_batch(reader: Reader, language: Language, value: object) -> JsonObject:
    if isinstance(value, dict) and len(value) > MOST_QUERIES:
        raise BodyTooLarge(
            f"queries: found {len(value)} queries; send at most {MOST_QUERIES} in one request"
        )
    batch = read_value("queries", _BATCH, value)
    if batch.count_names() > MOST_NAMES:
        raise BodyTooLarge(
            f"queries: the properties name {batch.count_names()} offices, organisations and places; "
            f"name at most {MOST_NAMES} in one request"
        )
    space = id_space(reader.request)
    found = reader.find(
        lambda c: {name: find_candidates(c, query, space) for name, query in batch.root.items()}
    )
    return {name: _result(language, candidates) for name, candidates in found.items()}


def _answer_one(reader: Reader, language: Language, text: str, fields: _Fields) -> JsonObject:
    """Answer a query alone: an object of JSON, or a name beside `type` and `limit`."""
    if text.lstrip().startswith("{"):
        value = read_json("query", text)
    else:
        named = {name: fields[name] for name in ("type", "limit") if name in fields}
        value = {"query": text, **named}
    query = read_value("query", _QUERY, value)
    space = id_space(reader.request)
    return _result(language, reader.find(lambda c: find_candidates(c, query, space)))


def _result(language: Language, candidates: list[RowCandidate]) -> JsonObject:
    return {"result": [_candidate(language, each) for each in candidates]}


def _candidate(language: Language, each: RowCandidate) -> JsonObject:
    features: dict[str, float | bool] = {} if each.name is None else {"name": each.name}
    features |= {str(name): agrees for name, agrees in each.evidence.items()}
    return write_candidate(
        language, each.id, each.document, each.score, features, match=each.certain
    )


def _extend(reader: Reader, language: Language, value: object) -> JsonObject:
    ids = value.get("ids") if isinstance(value, dict) else None
    if isinstance(ids, list) and len(ids) > MOST_IDS:
        raise BodyTooLarge(f"extend: send at most {MOST_IDS} ids in one request")
    query = read_value("extend", _EXTENSION, value)
    if idle := [each.id for each in query.properties if each.id not in FETCHED]:
        raise invalid("extend", [f"{idle[0]} can be asked for in queries only: it has no values"])
    wanted = {each.id: each.settings.limit for each in query.properties}
    space = id_space(reader.request)
    found = reader.find(lambda c: find_extension(c, query.ids, wanted, space))
    return write_extension(language, wanted, *found)


@serve(router, "/preview")
def preview_entity(
    request: Request, language: ServiceLanguage, reader: PresentReaderDep, id: str = ""
) -> Response:
    """Show an entity in a small frame, which other sites may embed."""
    named = named_entity(request, id)

    def find(connection: Connection) -> tuple[KnownEntity, Extension]:
        known = existing_entity(connection, named)
        return known, find_extension(connection, [str(known.id)], PREVIEWED, "")

    known, values = reader.find(find)
    site = replace(site_of(request, language), path=f"/{known.id}", pairs=())
    html = write_preview(
        site, known.id, known.document, values.rows[str(known.id)], values.referred
    )
    return HTMLResponse(html, headers=page_headers(language, framed=True))
