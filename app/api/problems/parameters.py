"""Explain invalid parameters: the value as the client wrote it, and a remedy that the server accepts."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from fastapi import Request
from fastapi.dependencies.utils import get_flat_params
from fastapi.routing import APIRoute
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from app.api.problems.base import ProblemItem
from app.domain.dates import DateError
from app.domain.names.folding import fold
from app.domain.wording import quote_value
from app.reading.parameters.ids import kind_of
from app.reading.parameters.names import NamedKind
from app.records.parsing.declarations import example_of
from app.records.parsing.errors import explain_error

# The characters with which people join several values.
_JOINS: Final = re.compile("[,;|]")
_MOST_SHOWN: Final = 3
_NO_ID: Final = "string_pattern_mismatch"
_LONGEST_NAME: Final = 100
_NAME_WORD: Final = re.compile(r"\w[\w'’.-]*")
_REPEAT: Final = "for several values, repeat the parameter"


def parameter_items(request: Request, errors: Sequence[ErrorDetails]) -> Iterator[ProblemItem]:
    """Yield an item for each error of a parameter."""
    fields = _fields(request.scope["route"])
    for error in errors:
        # The location is ("query", name), and for a repeatable parameter also the value's index.
        name = str(error["loc"][1])
        error["input"] = _as_written(request, error)
        yield ProblemItem(parameter=name, detail=_detail(error, name, fields.get(name)))


def _fields(route: APIRoute) -> Mapping[str, FieldInfo]:
    return {param.alias: param.field_info for param in get_flat_params(route.dependant)}


def _as_written(request: Request, error: ErrorDetails) -> Any:
    """Return the wrong value before any conversion, such as the one to lower case."""
    source, name, *index = error["loc"]
    if source == "path":
        return request.path_params.get(str(name), error["input"])
    if source != "query" or not isinstance(error["input"], str):
        return error["input"]
    values = request.query_params.getlist(str(name))
    return values[int(index[0]) if index else -1] if values else error["input"]


def _detail(error: ErrorDetails, name: str, field: FieldInfo | None) -> str:
    """Name the fault and the right form."""
    value = error["input"]
    # Only the location of a value of a repeatable parameter has an index.
    is_joined = field and len(error["loc"]) > 2 and isinstance(value, str) and _JOINS.search(value)
    if field and is_joined and (repeated := _repeated(name, field, value)):
        return f"found {quote_value(value)}: {_REPEAT}: {repeated}"
    reason = error.get("ctx", {}).get("error")
    if reason is not None and not isinstance(reason, DateError):
        return f"found {quote_value(value)}: {reason}"
    # The message of a date quotes the value itself.
    detail = explain_error(error, example=example_of(field) if field else "")
    if is_joined:
        return f"{detail}; {_REPEAT}"
    return f"{detail}{_search_for(value, field)}" if error["type"] == _NO_ID else detail


def _search_for(value: str, field: FieldInfo | None) -> str:
    """Return where the id is found, if the value may be the name of an entity."""
    kind = kind_of(field) if field else None
    if kind not in [*NamedKind] or not fold(value) or len(value) > _LONGEST_NAME:
        return ""
    name = "+".join(_NAME_WORD.findall(value))
    return f"; /v1/resolve?kind={kind}&name={name} finds the ids of a name"


def _repeated(name: str, field: FieldInfo, value: str) -> str:
    """Return the parameter with each of the joined values; empty if one of them is invalid too."""
    values = [part.strip() for part in _JOINS.split(value.strip("[](){}")) if part.strip()]
    try:
        TypeAdapter[Any](field.annotation).validate_python(values)  # type: ignore[arg-type]
    except ValidationError:
        return ""
    shown = "&".join(f"{name}={quote(each, safe='/:~')}" for each in values[:_MOST_SHOWN])
    return shown + "&…" * (len(values) > _MOST_SHOWN)
