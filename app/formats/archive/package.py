"""`datapackage.json`: the files as a Data Package 2 (https://datapackage.org/standard/data-package/)."""

from collections.abc import Iterable

from app.domain import dataset
from app.formats.archive.facts import DataFile, ReleaseFacts
from app.formats.catalog.data_package import LICENCE, PROFILE, csv_resource
from app.formats.json_objects import JsonObject, json_page


def write_package(release: ReleaseFacts, files: Iterable[DataFile]) -> str:
    """Return the descriptor."""
    return json_page(
        {
            "$schema": PROFILE,
            "name": dataset.NAME,
            "title": dataset.TITLE,
            "description": dataset.SUMMARY,
            "homepage": f"{release.root}/",
            "version": release.name,
            "created": release.at,
            "contributors": [{"title": release.publisher, "roles": ["publisher"]}],
            "licenses": [LICENCE],
            "resources": [_resource(file) for file in files],
        }
    )


def _resource(file: DataFile) -> JsonObject:
    proof = {"bytes": file.size, "hash": f"sha256:{file.sha256}"}
    if file.table:
        return csv_resource(file.table, file.name) | proof
    return {
        "name": file.name.replace(".", "-"),
        "path": file.name,
        "description": file.description,
        # Of "ndjson" frictionless would make a table, and guess its types.
        "format": "txt",
        "mediatype": file.media_type,
        "encoding": "utf-8",
        **proof,
    }
