"""`traceparent`: only a valid one gives its trace id to the log (W3C Trace Context, §3.2)."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.api.http.trace_context import trace_id_of

TRACE, PARENT = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
VALID = f"00-{TRACE}-{PARENT}-01"


def _trace_id(*values: str) -> str:
    headers = [(b"traceparent", value.encode("latin-1")) for value in values]
    return trace_id_of({"type": "http", "headers": headers})


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(VALID, id="version 00"),
        pytest.param(f"00-{TRACE}-{PARENT}-00", id="not sampled"),
        pytest.param(f"01-{TRACE}-{PARENT}-01", id="a later version"),
        pytest.param(f"cc-{TRACE}-{PARENT}-01-more-fields", id="a later version with more fields"),
    ],
)
def test_accepts(value: str) -> None:
    assert _trace_id(value) == TRACE


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("", id="empty"),
        pytest.param(f"ff-{TRACE}-{PARENT}-01", id="version ff"),
        pytest.param(f"00-{'0' * 32}-{PARENT}-01", id="trace id of zeros"),
        pytest.param(f"00-{TRACE}-{'0' * 16}-01", id="parent id of zeros"),
        pytest.param(f"00-{TRACE.upper()}-{PARENT}-01", id="upper case"),
        pytest.param(f"00-{TRACE}-{PARENT}-01-more", id="version 00 with more fields"),
        pytest.param(f"cc-{TRACE}-{PARENT}-01.more", id="more without a dash"),
        pytest.param(f"00-{TRACE[:-1]}-{PARENT}-01", id="trace id too short"),
        pytest.param(f"00-{TRACE}-{PARENT}-1", id="flags too short"),
        pytest.param(f"{VALID}, {VALID}", id="two joined"),
        pytest.param(f" {VALID}\n", id="white space"),
    ],
)
def test_ignores(value: str) -> None:
    assert _trace_id(value) == ""


def test_ignores_several() -> None:
    """No one can tell which trace the request belongs to."""
    assert _trace_id(VALID, f"00-{TRACE[::-1]}-{PARENT}-01") == ""


@given(st.text(st.characters(max_codepoint=255)))
@example(VALID)
def test_a_trace_id_is_always_one_line_of_hex(value: str) -> None:
    found = _trace_id(value)

    assert found == "" or (len(found) == 32 and found in value and int(found, 16))
