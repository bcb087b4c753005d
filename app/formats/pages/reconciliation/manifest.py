"""The manifest: the features of the service, and their addresses."""

from collections.abc import Mapping
from typing import Final

from app.documents.reconciliation.types import EntityType
from app.domain.languages import Language
from app.formats.json_objects import JsonObject
from app.formats.pages.catalogues import N_, catalogue
from app.formats.pages.reconciliation.names import write_type
from app.formats.phrases import WORDS

# Of the frame in which a client shows the preview of an entity.
_PREVIEW: Final = {"width": 430, "height": 300}
_LIMIT: Final = N_("The most values")
_ALL: Final = N_("0 for all")
# The things of which a client completes the names.
_SUGGESTED: Final = ("entity", "property", "type")


def write_manifest(
    base: str, service: str, language: Language, version: str, most: int
) -> JsonObject:
    """Return the manifest of the service at a URL, on a server whose URL is `base`.

    `most` is the number of queries that one request may have.
    """
    say = catalogue(language).gettext
    limit = {"name": "limit", "type": "number", "default": 0}
    return {
        "versions": ["0.1", "0.2"],
        "name": WORDS[language].title,
        "identifierSpace": space_of(base),
        "schemaSpace": f"{base}/guide/api/reconciliation",
        "documentation": f"{base}/guide/api/reconciliation",
        "serviceVersion": version,
        "logo": f"{base}/favicon.ico",
        "defaultTypes": [write_type(language, each, broader=True) for each in EntityType],
        "view": {"url": f"{base}/{language}/{{{{id}}}}"},
        "preview": {"url": f"{service}/preview?id={{{{id}}}}", **_PREVIEW},
        "suggest": {each: _suggestions(service, each) for each in _SUGGESTED},
        "extend": {
            "propose_properties": {"service_url": service, "service_path": "/properties"},
            "property_settings": [{**limit, "label": say(_LIMIT), "help_text": say(_ALL)}],
        },
        "batchSize": most,
    }


def space_of(base: str) -> str:
    """Return the URL with which the ids of the entities begin: with an id, it leads to the document."""
    return f"{base}/v1/"


def _suggestions(service: str, kind: str) -> Mapping[str, str]:
    return {
        "service_url": service,
        "service_path": f"/suggest/{kind}",
        "flyout_service_path": f"/suggest/{kind}/flyout?id=${{id}}",
    }
