"""`dcat.jsonld`: the release for catalogues of open data, as DCAT-AP 3 (https://semiceu.github.io/DCAT-AP/)."""

from collections.abc import Iterable
from typing import Final

from app.domain import dataset
from app.domain.languages import DEFAULT_LANGUAGE, Language
from app.formats.archive.facts import DataFile, ReleaseFacts
from app.formats.catalog.dataset_catalog import (
    CONTEXT,
    LANGUAGES,
    format_of,
    period_of,
    subject,
    titles,
)
from app.formats.json_objects import JsonObject, json_page, link, text, without_none

_SPDX: Final = "http://spdx.org/rdf/terms#"
_CONTEXT: Final = {**CONTEXT, "spdx": _SPDX, "checksum": "spdx:checksum"}


def write_catalog(release: ReleaseFacts, files: Iterable[DataFile]) -> str:
    """Return the catalogue of one dataset. Names of files are relative to the folder."""
    publisher = {
        "@type": "foaf:Agent",
        "@id": f"{release.root}/#publisher",
        "foaf:name": release.publisher,
    }
    catalog = {
        "@context": _CONTEXT,
        "@type": "Catalog",
        "@id": "dcat.jsonld",
        "title": titles(),
        "description": text(DEFAULT_LANGUAGE, dataset.SUMMARY),
        "publisher": publisher,
        "dataset": _dataset(release, files, link(publisher["@id"])),
    }
    return json_page(catalog)


def _dataset(release: ReleaseFacts, files: Iterable[DataFile], publisher: JsonObject) -> JsonObject:
    return without_none(
        {
            "@type": "Dataset",
            "@id": "dcat.jsonld#dataset",
            "identifier": f"{dataset.NAME}/{release.name}",
            "title": titles(),
            "description": text(DEFAULT_LANGUAGE, dataset.SUMMARY),
            "publisher": publisher,
            "language": [_resource(f"{LANGUAGES}{each}", "LinguisticSystem") for each in Language],
            "version": release.name,
            "modified": {"@type": "xsd:dateTime", "@value": release.at},
            "temporal": period_of(release.covered),
            "landingPage": {"@id": f"{release.root}/", "@type": "foaf:Document"},
            "distribution": [_distribution(file) for file in files],
            **subject(release.publisher, release.contact),
        }
    )


def _distribution(file: DataFile) -> JsonObject:
    size = {"@type": "xsd:nonNegativeInteger", "@value": str(file.size)}
    return {
        "@type": "Distribution",
        "@id": f"dcat.jsonld#{file.name}",
        "title": text(DEFAULT_LANGUAGE, file.name),
        "description": text(DEFAULT_LANGUAGE, file.description),
        "license": _resource(dataset.LICENCE_URL, "LicenseDocument"),
        "accessURL": _web(file.name),
        "downloadURL": _web(file.name),
        "byteSize": size,
        "checksum": _checksum(file),
        **_format(file.media_type),
    }


def _format(media_type: str) -> JsonObject:
    """Return the media type, and the same IRI as the format, which DCAT-AP recommends."""
    known = format_of(media_type)
    if "format" in known:
        return known
    iri = known["mediaType"]["@id"]
    kinds = ["dct:MediaType", "dct:MediaTypeOrExtent"]
    return {"mediaType": {"@id": iri, "@type": kinds}, "format": link(iri)}


def _checksum(file: DataFile) -> JsonObject:
    return {
        "@type": "spdx:Checksum",
        "spdx:algorithm": {
            "@id": f"{_SPDX}checksumAlgorithm_sha256",
            "@type": "spdx:ChecksumAlgorithm",
        },
        "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": file.sha256},
    }


def _resource(iri: str, kind: str) -> JsonObject:
    return {"@id": iri, "@type": f"dct:{kind}"}


def _web(iri: str) -> JsonObject:
    return {"@id": iri, "@type": "rdfs:Resource"}
