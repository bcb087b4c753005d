"""`csv-metadata.json`: the CSV files as tables of CSV on the Web (https://www.w3.org/TR/tabular-metadata/)."""

from collections.abc import Iterable
from typing import Final

from app.domain import dataset
from app.formats.archive.facts import DataFile, ReleaseFacts
from app.formats.catalog.data_package import CsvTable
from app.formats.json_objects import JsonObject, json_page, without_none

# The types of Table Schema, by the names of CSVW. All others are texts.
_TYPES: Final = {
    "boolean": "boolean",
    "date": "date",
    "datetime": "dateTime",
    "integer": "integer",
    "number": "double",
}


def write_csvw(release: ReleaseFacts, files: Iterable[DataFile]) -> str:
    """Return the metadata. Lists have a separator; dates in EDTF are texts."""
    return json_page(
        {
            "@context": "http://www.w3.org/ns/csvw",
            "dc:title": f"{dataset.TITLE}, {release.title_version}",
            "dc:license": {"@id": dataset.LICENCE_URL},
            "dialect": {"header": True, "encoding": "utf-8"},
            "tables": [_table(file.name, file.table) for file in files if file.table],
        }
    )


def _table(url: str, table: CsvTable) -> JsonObject:
    columns = [_column(field) for field in table.schema["fields"]]
    return {
        "url": url,
        "dc:description": table.description,
        "tableSchema": {"columns": columns, "primaryKey": table.schema["primaryKey"]},
    }


def _column(field: JsonObject) -> JsonObject:
    return without_none(
        {
            "name": field["name"],
            "titles": field["name"],
            "dc:description": field["description"],
            "datatype": _TYPES.get(field["type"], "string"),
            "separator": field.get("delimiter"),
            "required": field.get("constraints", {}).get("required", False),
        }
    )
