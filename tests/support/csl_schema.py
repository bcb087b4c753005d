"""The part of the JSON schema of CSL-JSON 1.0.2 that the timeline's references can touch.

Facts from `csl-data.json` of the repository citation-style-language/schema: the names of all types and
of the variables that references use, with their forms. A variable that is not listed here is refused,
as the schema refuses any that it does not know.
"""

from typing import Any, Final

from jsonschema_rs import Draft7Validator

_TEXT: Final = {"type": "string"}
_TEXT_OR_NUMBER: Final = {"type": ["string", "number"]}
_FLAG: Final = {"type": ["string", "number", "boolean"]}
_TYPES: Final = [
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "bill",
    "book",
    "broadcast",
    "chapter",
    "classic",
    "collection",
    "dataset",
    "document",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "figure",
    "graphic",
    "hearing",
    "interview",
    "legal_case",
    "legislation",
    "manuscript",
    "map",
    "motion_picture",
    "musical_score",
    "pamphlet",
    "paper-conference",
    "patent",
    "performance",
    "periodical",
    "personal_communication",
    "post",
    "post-weblog",
    "regulation",
    "report",
    "review",
    "review-book",
    "software",
    "song",
    "speech",
    "standard",
    "thesis",
    "treaty",
    "webpage",
]
_TEXTS: Final = [
    "language",
    "abstract",
    "archive",
    "archive_location",
    "container-title",
    "genre",
    "keyword",
    "medium",
    "note",
    "publisher",
    "publisher-place",
    "source",
    "status",
    "title",
    "URL",
    "version",
]


def _closed(**properties: Any) -> dict[str, Any]:
    named = {name.replace("_", "-"): schema for name, schema in properties.items()}
    return {"type": "object", "properties": named, "additionalProperties": False}


# The schema also allows a text in EDTF for a date, and the keys `raw`, `literal` and `edtf`; several
# readers misread them, so references never have them.
_DATE: Final = _closed(
    date_parts={
        "type": "array",
        "minItems": 1,
        "maxItems": 2,
        "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": _TEXT_OR_NUMBER},
    },
    season=_TEXT_OR_NUMBER,
    circa=_FLAG,
)
_NAMES: Final = {"type": "array", "items": _closed(family=_TEXT, given=_TEXT, literal=_TEXT)}
_ITEM: Final = {
    "type": "object",
    "required": ["type", "id"],
    "additionalProperties": False,
    "properties": {
        "type": {"enum": _TYPES},
        "id": _TEXT_OR_NUMBER,
        "author": _NAMES,
        "issued": _DATE,
        "accessed": _DATE,
        "event-date": _DATE,
        **dict.fromkeys(_TEXTS, _TEXT),
    },
}
CSL_JSON: Final = Draft7Validator({"type": "array", "items": _ITEM})
