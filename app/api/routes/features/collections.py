"""The landing page, the definition of the API, the conformance and the collections."""

from typing import Final

from fastapi import Request, Response
from sqlalchemy import Connection

from app.api.dependencies.reader import PresentReaderDep
from app.api.routes.features.answers import (
    FormChoice,
    answer,
    find_collection,
    make_features_router,
    root_url,
    url_without_form,
    wanted_form,
)
from app.domain import dataset
from app.formats.features.collections import (
    COLLECTIONS,
    OPENAPI,
    SCHEMA,
    FeatureCollectionInfo,
    write_collection,
    write_collections,
    write_conformance,
    write_landing,
    write_queryables,
)
from app.formats.features.definition import Limits, write_definition
from app.formats.features.pages import (
    show_collections,
    show_definition,
    show_document,
    show_queryables,
)
from app.formats.json_objects import JsonObject
from app.reading.features.items import find_extent
from app.reading.parameters.features import MOST_ITEMS, MOST_SKIPPED

router = make_features_router()
_COLLECTIONS: Final = "Collections"
_CONFORMANCE: Final = "Conformance"


@router.get("/")
@router.get("")
def get_landing_page(request: Request, f: FormChoice = "") -> Response:
    """Lead to the definition, the conformance and the collections."""
    shown = wanted_form(request, f)
    document = write_landing(root_url(request), dataset.TITLE, dataset.SUMMARY, shown)
    return answer(request, document, shown, lambda site: show_document(site, document))


@router.get("/api")
def get_api_definition(request: Request, f: FormChoice = "") -> Response:
    """Define the paths and parameters in OpenAPI 3.0."""
    shown, root, version = wanted_form(request, f, OPENAPI), root_url(request), request.app.version
    limits = Limits(MOST_ITEMS, MOST_SKIPPED)
    document = write_definition(root, dataset.TITLE, dataset.SUMMARY, version, limits)
    return answer(request, document, shown, lambda s: show_definition(s, document, root), OPENAPI)


@router.get("/conformance")
def get_conformance(request: Request, f: FormChoice = "") -> Response:
    """Name the classes of requirements that are met."""
    shown = wanted_form(request, f)
    document = write_conformance(url_without_form(request), shown)
    return answer(request, document, shown, lambda s: show_document(s, document, _CONFORMANCE))


@router.get("/collections")
def get_collections(request: Request, reader: PresentReaderDep, f: FormChoice = "") -> Response:
    """List the collections."""
    shown, root = wanted_form(request, f), root_url(request)
    described = reader.find(
        lambda c: [_describe(c, root, info, shown) for info in COLLECTIONS.values()]
    )
    document = write_collections(root, described, shown)
    return answer(request, document, shown, lambda s: show_collections(s, document, _COLLECTIONS))


@router.get("/collections/{collection_id}")
def describe_collection(
    request: Request, collection_id: str, reader: PresentReaderDep, f: FormChoice = ""
) -> Response:
    """Describe a collection: its texts, its extent, and its links."""
    shown, info = wanted_form(request, f), find_collection(collection_id)
    document = reader.find(lambda c: _describe(c, root_url(request), info, shown))
    return answer(request, document, shown, lambda site: show_document(site, document))


@router.get("/collections/{collection_id}/queryables")
def get_queryables(request: Request, collection_id: str, f: FormChoice = "") -> Response:
    """Get the schema of the properties that can be asked for."""
    shown, info = wanted_form(request, f, SCHEMA), find_collection(collection_id)
    document = write_queryables(url_without_form(request), info)
    return answer(request, document, shown, lambda s: show_queryables(s, document), SCHEMA)


def _describe(
    connection: Connection, root: str, info: FeatureCollectionInfo, shown: str
) -> JsonObject:
    extent = find_extent(connection, info.kind)
    return write_collection(root, info, extent.box, (extent.first_on, extent.last_on), shown)
