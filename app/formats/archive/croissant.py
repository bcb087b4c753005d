"""`croissant.json`: the dataset for machine learning (https://docs.mlcommons.org/croissant/docs/croissant-spec.html)."""

from collections.abc import Iterable
from typing import Final

from app.domain import dataset
from app.formats.archive.facts import DataFile, ReleaseFacts
from app.formats.json_objects import JsonObject, json_page

_TYPES: Final = {
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "datetime": "sc:DateTime",
    "integer": "sc:Integer",
    "number": "sc:Float",
}
# The terms of the vocabulary `cr`, of which the standard wants each in the context, used or not.
_TERMS: Final = (
    *("citeAs", "column", "equivalentProperty", "extract", "field", "fileObject", "fileProperty"),
    *("fileSet", "format", "includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField"),
    *("path", "recordSet", "references", "regex", "repeated", "replace", "samplingRate"),
    *("separator", "source", "subField", "transform"),
)
_CONTEXT: Final[JsonObject] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{term: f"cr:{term}" for term in _TERMS},
}


def write_croissant(release: ReleaseFacts, files: Iterable[DataFile]) -> str:
    """Return the description, with a record set for each CSV."""
    files = [*files]
    return json_page(
        {
            "@context": _CONTEXT,
            "@type": "sc:Dataset",
            "conformsTo": "http://mlcommons.org/croissant/1.0",
            "name": dataset.NAME,
            "description": dataset.SUMMARY,
            "url": f"{release.root}/",
            "license": dataset.LICENCE_URL,
            # The standard asks for three numbers.
            "version": f"{release.seq}.0.0",
            "datePublished": release.at,
            "creator": {"@type": "sc:Organization", "name": release.publisher},
            "citeAs": f"{release.publisher}: {dataset.TITLE}, {release.title_version}",
            "distribution": [_file(file) for file in files],
            "recordSet": [_records(file) for file in files if file.table],
        }
    )


def _file(file: DataFile) -> JsonObject:
    return {
        "@type": "cr:FileObject",
        "@id": file.name,
        "name": file.name,
        "description": file.description,
        "contentUrl": file.name,
        "contentSize": f"{file.size} B",
        "encodingFormat": file.media_type,
        "sha256": file.sha256,
    }


def _records(file: DataFile) -> JsonObject:
    assert file.table
    name = file.table.name
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": file.table.description,
        "field": [_field(name, file.name, field) for field in file.table.schema["fields"]],
    }


def _field(table: str, file: str, field: JsonObject) -> JsonObject:
    return {
        "@type": "cr:Field",
        "@id": f"{table}/{field['name']}",
        "name": f"{table}/{field['name']}",
        "description": field["description"],
        "dataType": _TYPES.get(field["type"], "sc:Text"),
        "source": {"fileObject": {"@id": file}, "extract": {"column": field["name"]}},
    }
