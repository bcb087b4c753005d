"""The provider of quotes is asked once, and no answer of it is more than quotes or an error."""

import asyncio
import json
import time
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.languages import Language
from app.drafting.provider import MAX_BYTES, QuoteProvider
from app.drafting.quotes import ProvidedQuotes
from tests.support.quote_server import FakeProvider, fake_provider

HTML = {"Content-Type": "text/html"}


@pytest.fixture(scope="module")
def fake() -> Iterator[FakeProvider]:
    """A provider that answers as a test says."""
    with fake_provider() as running:
        yield running


def _ask(url: str, text: str = "Trade grew.", seconds: float = 5) -> ProvidedQuotes:
    provider = QuoteProvider(url, seconds)
    return asyncio.run(provider.ask(text, Language.EN, date(2024, 12, 5)))


def test_the_text_its_language_and_its_day_are_sent(fake: FakeProvider) -> None:
    fake.gives({"quotes": ["grew", "grew"], "model": "example-1"})

    answer = _ask(f"{fake.url}?key=secret", "Trade \ud800 grew.")

    assert answer == ProvidedQuotes(True, ("grew", "grew"))
    body = {"text": "Trade \ud800 grew.", "language": "en", "published": "2024-12-05"}
    assert fake.asked == [("/quotes?key=secret", body)]


@pytest.mark.parametrize(
    ("body", "status", "headers", "error"),
    [
        pytest.param({"quotes": []}, 500, {}, "with the status 500, expected 200", id="a failure"),
        pytest.param({"quotes": []}, 201, {}, "with the status 201", id="another success"),
        pytest.param(b"<p>grew</p>", 200, HTML, "is not application/json", id="HTML"),
        pytest.param(b"<p>grew</p>", 200, {}, "is not of the form", id="HTML called JSON"),
        pytest.param({"quotes": ["a" * MAX_BYTES]}, 200, {}, "exceeds 1000000", id="huge"),
        pytest.param({"quotes": ["a"] * 201}, 200, {}, "at most 200", id="too many"),
        pytest.param({"quotes": ["a", 1]}, 200, {}, "is not of the form", id="a number"),
        pytest.param(["a"], 200, {}, "is not of the form", id="a list"),
        pytest.param(b"[" * 100_000, 200, {}, "is not of the form", id="deep"),
        pytest.param(b'{"quotes": ["\\ud800"]}', 200, {}, "is not of the form", id="half a character"),
        pytest.param(b"", 200, {"Content-Length": "9"}, "broke off", id="cut short"),
        pytest.param(b"", 200, {"Content-Encoding": "gzip"}, "is compressed", id="compressed"),
        pytest.param(b"", 307, {"Location": "http://["}, "redirects are not", id="a bad redirect"),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_used_is_told(
    fake: FakeProvider, body: object, status: int, headers: dict[str, str], error: str
) -> None:
    fake.gives(body, status, headers)

    answer = _ask(fake.url)

    assert (answer.asked, answer.quotes) == (True, ())
    assert error in (answer.error or "")
    assert "127.0.0.1" not in (answer.error or "")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(fake: FakeProvider, status: int) -> None:
    fake.gives({"quotes": []}, status, {"Location": "/elsewhere"})

    answer = _ask(fake.url)

    assert "redirects are not followed" in (answer.error or "")
    assert [path for path, _ in fake.asked] == ["/quotes"]


def test_a_provider_that_sends_a_byte_at_a_time_has_one_deadline(fake: FakeProvider) -> None:
    fake.gives(b" " * 100, pause=0.05)
    begun = time.monotonic()

    answer = _ask(fake.url, seconds=0.3)

    assert answer == ProvidedQuotes(True, error="the provider did not answer within 0.3 s")
    assert time.monotonic() - begun < 2


def test_no_text_leaves_if_nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    with fake_provider() as gone:
        url = gone.url
    # A proxy of the environment must not get the text either.
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")

    assert _ask(url) == ProvidedQuotes(False, error="the provider cannot be reached")


@given(
    body=st.one_of(
        st.binary(max_size=60),
        st.recursive(
            st.none() | st.text(max_size=9) | st.integers(),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
            max_leaves=5,
        ).map(lambda quotes: json.dumps({"quotes": quotes}).encode()),
    ),
    status=st.sampled_from([200, 200, 200, 204, 304, 404]),
)  # fmt: skip
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_answer_is_quotes_or_an_error(fake: FakeProvider, body: bytes, status: int) -> None:
    fake.gives(body, status)

    answer = _ask(fake.url)

    assert not (answer.quotes and answer.error)
    if answer.error is None:
        assert [*answer.quotes] == json.loads(body)["quotes"]
