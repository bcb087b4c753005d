"""`dcat.jsonld`: the release for catalogues of open data, as DCAT-AP 3 (https://semiceu.github.io/DCAT-AP/)."""

from collections.abc import Iterable
from typing import Final

from app.domain import dataset
from app.formats.archive.facts import DataFile, ReleaseFacts
from app.formats.catalog.dcat import (
    CONTEXT,
    agent_node,
    catalog_node,
    contact_node,
    dataset_node,
    distribution_node,
)
from app.formats.json_objects import JsonObject, json_page, link

_FILE: Final = "dcat.jsonld"
_SPDX: Final = "http://spdx.org/rdf/terms#"
_CONTEXT: Final = {**CONTEXT, "spdx": _SPDX, "checksum": "spdx:checksum"}


def write_catalog(release: ReleaseFacts, files: Iterable[DataFile]) -> str:
    """Return the catalogue of one dataset. Names of files are relative to the folder."""
    publisher = agent_node(release.root, release.publisher)
    described = dataset_node(
        f"{_FILE}#dataset",
        (f"{dataset.NAME}/{release.name}", release.name),
        release.covered,
        release.root,
        link(publisher["@id"]),
        [_distribution(file) for file in files],
    )
    described |= contact_node(release.publisher, release.contact)
    return json_page({"@context": _CONTEXT, **catalog_node(_FILE, publisher, described)})


def _distribution(file: DataFile) -> JsonObject:
    node = distribution_node(
        f"{_FILE}#{file.name}", file.name, file.description, file.name, file.media_type
    )
    size = {"@type": "xsd:nonNegativeInteger", "@value": str(file.size)}
    return node | {"byteSize": size, "checksum": _checksum(file)}


def _checksum(file: DataFile) -> JsonObject:
    return {
        "@type": "spdx:Checksum",
        "spdx:algorithm": {
            "@id": f"{_SPDX}checksumAlgorithm_sha256",
            "@type": "spdx:ChecksumAlgorithm",
        },
        "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": file.sha256},
    }
