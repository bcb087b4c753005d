"""The trace to which a request belongs (W3C Trace Context, `traceparent`)."""

import re
from typing import Final

from opentelemetry.trace import get_current_span
from starlette.types import Scope

# §3.2: version, trace-id, parent-id and flags in lower-case hex, none of the first three invalid. A later version
# may add fields after a dash; version 00 has none.
_TRACEPARENT: Final = re.compile(
    rb"(?!ff)(?P<version>[0-9a-f]{2})-(?!0{32})(?P<trace_id>[0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}"
    rb"(?P<more>-.*)?"
)


def trace_id_of(scope: Scope) -> str:
    """Return the id of the request's trace, 32 hexadecimal digits; empty if it has none that is valid.

    A server that sends spans has made one for the request, and without a valid header a new trace.
    """
    span = get_current_span().get_span_context()
    if span.is_valid:
        return f"{span.trace_id:032x}"
    values = [value for name, value in scope["headers"] if name == b"traceparent"]
    found = _TRACEPARENT.fullmatch(values[0]) if len(values) == 1 else None
    if found is None or (found["version"] == b"00" and found["more"] is not None):
        return ""
    return found["trace_id"].decode()
