"""Read the JSON within a parameter or a field of a form, and answer as JSON or JSONP."""

import re
from collections.abc import Mapping
from typing import Any, Final, TypeVar
from urllib.parse import parse_qsl

from fastapi import Request, Response
from pydantic import TypeAdapter, ValidationError

from app.api.dependencies.bodies import check_media_type, read_body, record_limits
from app.api.dependencies.reader import json_response
from app.api.problems.base import ProblemItem
from app.api.problems.catalogue import InvalidParameter, RepeatedParameter
from app.domain.wording import quote_value
from app.formats.json_objects import JsonObject, json_text
from app.records.parsing.errors import Unreadable, explain_error, pointer_of
from app.records.parsing.json_text import parse

FORM: Final = "application/x-www-form-urlencoded"
# A name of a function, or of one within an object: `jQuery34_1`, `app.show`.
_CALLBACK: Final = re.compile(r"[A-Za-z_$][\w$]{0,99}(?:\.[A-Za-z_$][\w$]{0,99}){0,5}", re.ASCII)
_MOST_ERRORS: Final = 20
_MOST_FIELDS: Final = 20
# They end a line in a script, and not in JSON.
_LINE_ENDS: Final = {0x2028: "\\u2028", 0x2029: "\\u2029"}
_T = TypeVar("_T")


async def read_form(request: Request) -> Mapping[str, str]:
    """Return the fields of the form in the body.

    Raises UnsupportedMediaType, RepeatedParameter, and InvalidParameter for a text that is no form.
    """
    check_media_type(request, FORM)
    body = await read_body(request, record_limits(request))
    try:
        pairs = parse_qsl(body.decode(), True, max_num_fields=_MOST_FIELDS, errors="strict")
    except ValueError as error:
        raise InvalidParameter(f"the body is no form in UTF-8: {error}") from None
    return once(pairs)


def once(pairs: list[tuple[str, str]]) -> Mapping[str, str]:
    """Return the values by their names; raises RepeatedParameter."""
    values = dict(pairs)
    if len(values) < len(pairs):
        names = [name for name, _ in pairs]
        repeated = dict.fromkeys(name[:60] for name in names if names.count(name) > 1)
        raise RepeatedParameter.of(repeated)
    return values


def read_json(name: str, text: str) -> object:
    """Return the value of JSON in a parameter, null for NaN; raises InvalidParameter."""
    try:
        return parse(text, nan_is_null=True)
    except Unreadable as error:
        where = f"{error.pointer}: " if error.pointer else ""
        raise invalid(name, [f"{where}{error.problem}"]) from None


def read_value(name: str, adapter: TypeAdapter[_T], value: object) -> _T:
    """Return a value of JSON as the adapter reads it; raises InvalidParameter with each error."""
    try:
        return adapter.validate_python(value)
    except ValidationError as error:
        reasons = [
            f"{pointer_of(each['loc'], value) or '/'}: {_reason(each)}"
            for each in error.errors()[:_MOST_ERRORS]
        ]
        raise invalid(name, reasons) from None


def _reason(error: Any) -> str:
    if error["type"] == "extra_forbidden":
        return "this key is not known here"
    if error["type"] == "enum":
        return f"found {quote_value(error['input'])}, expected {error['ctx']['expected']}"
    reason = error.get("ctx", {}).get("error")
    return str(reason) if reason is not None else explain_error(error)


def invalid(name: str, reasons: list[str]) -> InvalidParameter:
    """Return the problem of a parameter, with an item for each reason."""
    items = [ProblemItem(parameter=name, detail=each) for each in reasons]
    return InvalidParameter(f"{name}: {'; '.join(reasons[:3])}", items)


def answer(value: JsonObject, callback: str = "") -> Response:
    """Answer with JSON, or as a script that calls a function with it; raises InvalidParameter."""
    if not callback:
        return json_response(json_text(value))
    if not _CALLBACK.fullmatch(callback):
        raise invalid("callback", [f"{quote_value(callback)} is no name of a function"])
    # The comment keeps the name from being the first bytes of a file of another kind.
    script = f"/**/{callback}({json_text(value).translate(_LINE_ENDS)});"
    headers = {"X-Content-Type-Options": "nosniff"}
    return Response(script, media_type="text/javascript", headers=headers)
