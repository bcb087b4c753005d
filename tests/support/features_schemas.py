"""The answers of OGC API – Features 1.0 as JSON Schemas, written down from the standard (OGC 17-069r4).

Facts of its clauses 7 and 8 and of RFC 7946: the members that each answer must have, and the forms of their values.
Unlike the standard, each link must have a type and a title.
"""

from typing import Any, Final

from jsonschema_rs import Draft7Validator

_Schema = dict[str, Any]
_TEXT: Final = {"type": "string", "minLength": 1}
_COUNT: Final = {"type": "integer", "minimum": 0}


def _object(required: str, **properties: _Schema) -> _Schema:
    return {"type": "object", "properties": properties, "required": required.split()}


def _list(items: _Schema, **limits: int) -> _Schema:
    return {"type": "array", "items": items, **limits}


_LINK: Final = _object(
    "href rel type title",
    href={"type": "string", "pattern": "^https?://"},
    rel=_TEXT,
    type={"type": "string", "pattern": "^[a-z]+/[a-z.+-]+(;.+)?$"},
    title=_TEXT,
)
_LINKS: Final = _list(_LINK, minItems=2)
_NUMBER: Final = {"type": "number"}
_INSTANT: Final = {
    "type": ["string", "null"],
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$",
}
_EXTENT: Final = _object(
    "",
    spatial=_object(
        "bbox", bbox=_list(_list(_NUMBER, minItems=4, maxItems=4), minItems=1), crs=_TEXT
    ),
    temporal=_object(
        "interval", interval=_list(_list(_INSTANT, minItems=2, maxItems=2), minItems=1), trs=_TEXT
    ),
)
_COLLECTION: Final = _object(
    "id title links extent itemType crs",
    id=_TEXT,
    title=_TEXT,
    description=_TEXT,
    links=_LINKS,
    extent=_EXTENT,
    itemType={"const": "feature"},
    crs=_list(_TEXT, minItems=1),
)
_POINT: Final = _object(
    "type coordinates",
    type={"const": "Point"},
    coordinates=_list(_NUMBER, minItems=2, maxItems=2),
)
_FEATURE: Final = _object(
    "type id geometry properties",
    type={"const": "Feature"},
    id=_TEXT,
    geometry={"oneOf": [{"type": "null"}, _POINT]},
    # GDAL would take a property of this name for the id of the feature.
    properties={"type": "object", "not": {"required": ["id"]}},
)
_SCHEMAS: Final = {
    "landing page": _object("title description links", title=_TEXT, links=_LINKS),
    "conformance": _object("conformsTo", conformsTo=_list({**_TEXT, "format": "uri"})),
    "collections": _object("links collections", links=_LINKS, collections=_list(_COLLECTION)),
    "collection": _COLLECTION,
    "feature": {"allOf": [_FEATURE, _object("links", links=_LINKS)]},
    "features": _object(
        "type features links timeStamp numberMatched numberReturned",
        type={"const": "FeatureCollection"},
        features=_list(_FEATURE),
        links=_LINKS,
        timeStamp={**_INSTANT, "type": "string"},
        numberMatched=_COUNT,
        numberReturned=_COUNT,
    ),
}
_VALIDATORS: Final = {name: Draft7Validator(schema) for name, schema in _SCHEMAS.items()}


def check_features_answer(name: str, answer: object) -> None:
    """Fail if an answer does not have the form of its kind."""
    _VALIDATORS[name].validate(answer)
