"""The messages of the Reconciliation API 0.2 as JSON Schemas, written down from its specification.

Facts from the report of 2023-04-10 of the W3C Entity Reconciliation Community Group: the keys of each message,
which of them a message must have, and the forms of their values. Unlike the report, these schemas refuse
every key that it does not name.
"""

from typing import Any, Final

from jsonschema_rs import Draft7Validator

_Schema = dict[str, Any]
_TEXT: Final = {"type": "string"}
_NAMED: Final = {
    "id": {"type": "string", "minLength": 1},
    "name": {"type": "string", "minLength": 1},
}


def _object(required: str, **properties: _Schema) -> _Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": False,
    }


def _list(items: _Schema) -> _Schema:
    return {"type": "array", "items": items}


def _by_name(values: _Schema) -> _Schema:
    return {"type": "object", "additionalProperties": values}


_WIDEST: Final = _object("id name", **_NAMED)
_TYPE: Final = _object("id name", **_NAMED, broader=_list(_WIDEST))
_TEMPLATE: Final = {"type": "string", "pattern": r"^https?://[^{}]*\{\{id\}\}[^{}]*$"}
_SUGGESTIONS: Final = _object(
    "service_url service_path",
    service_url={"type": "string", "pattern": "^https?://"},
    service_path={"type": "string", "pattern": "^/"},
    flyout_service_path={"type": "string", "pattern": r"^/[^{}]*\$\{id\}[^{}]*$"},
)
_FEATURE: Final = _object("id value", id=_TEXT, value={"type": ["number", "boolean"]})
_CANDIDATE: Final = _object(
    "id name type score match",
    **_NAMED,
    description=_TEXT,
    type=_list(_WIDEST),
    score={"type": "number", "minimum": 0, "maximum": 100},
    features=_list(_FEATURE),
    match={"type": "boolean"},
)
_RESULT: Final = _object("result", result=_list(_CANDIDATE))
_SETTING: Final = _object(
    "name label type",
    name=_TEXT,
    label=_TEXT,
    type={"enum": ["number", "text", "checkbox", "select"]},
    default={"type": "number"},
    help_text=_TEXT,
)
_CELL: Final = {
    "oneOf": [
        _object("str", str=_TEXT),
        _object("int", int={"type": "integer"}),
        _object("float", float={"type": "number"}),
        _object("id name", **_NAMED),
    ]
}
_SCHEMAS: Final = {
    "manifest": _object(
        "versions name identifierSpace schemaSpace",
        versions={**_list(_TEXT), "contains": {"const": "0.2"}},
        name=_TEXT,
        identifierSpace={"type": "string", "pattern": "^https?://"},
        schemaSpace={"type": "string", "pattern": "^https?://"},
        documentation=_TEXT,
        serviceVersion=_TEXT,
        logo=_TEXT,
        defaultTypes={**_list(_TYPE), "uniqueItems": True},
        view=_object("url", url=_TEMPLATE),
        preview=_object(
            "url width height", url=_TEMPLATE, width={"type": "integer"}, height={"type": "integer"}
        ),
        suggest=_object("", entity=_SUGGESTIONS, property=_SUGGESTIONS, type=_SUGGESTIONS),
        extend=_object(
            "",
            propose_properties=_object(
                "service_url service_path", service_url=_TEXT, service_path=_TEXT
            ),
            property_settings=_list(_SETTING),
        ),
        batchSize={"type": "integer", "minimum": 1},
    ),
    "result": _RESULT,
    "batch": _by_name(_RESULT),
    "entities": _object(
        "result",
        result=_list(_object("id name", **_NAMED, description=_TEXT, notable=_list(_WIDEST))),
    ),
    "properties": _object("result", result=_list(_object("id name", **_NAMED, description=_TEXT))),
    "types": _object("result", result=_list(_TYPE)),
    "flyout": _object("id html", id=_TEXT, html=_TEXT),
    "proposals": _object(
        "properties", properties=_list(_WIDEST), type=_TEXT, limit={"type": "number"}
    ),
    "extension": _object(
        "meta rows",
        meta=_list(_object("id name", **_NAMED, type=_WIDEST, service=_TEXT)),
        rows=_by_name(_by_name(_list(_CELL))),
    ),
}
_VALIDATORS: Final = {name: Draft7Validator(schema) for name, schema in _SCHEMAS.items()}


def check_message(name: str, message: object) -> None:
    """Fail if a message does not have the form of its kind."""
    _VALIDATORS[name].validate(message)
