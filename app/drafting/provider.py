"""Ask a provider for quotes of a text: the one step of drafting that uses a network, and only if it is set."""

import asyncio
import json
from datetime import date
from typing import Annotated, Final

import httpx
from pydantic import BaseModel, Field, StrictStr, ValidationError

from app.domain.languages import Language
from app.drafting.quotes import ProvidedQuotes

MAX_SECONDS: Final = 10.0
MAX_BYTES: Final = 1_000_000
MAX_QUOTES: Final = 200

_WRONG_FORM: Final = f'the provider\'s answer is not of the form {{"quotes": ["…"]}}, with at most {MAX_QUOTES} texts'


class _QuotesAnswer(BaseModel):
    """The form of an answer; further fields are ignored."""

    quotes: Annotated[list[StrictStr], Field(max_length=MAX_QUOTES)]


class _RefusedAnswerError(Exception):
    """The answer cannot be used. The text is a sentence."""


class QuoteProvider:
    """An HTTP endpoint that proposes quotes. No error names its address, which may hold a secret."""

    def __init__(self, url: str, seconds: float = MAX_SECONDS) -> None:
        self._url = url
        self._seconds = seconds
        # Reading the certificates takes long, so it happens once.
        self._verify = httpx.create_ssl_context() if url.startswith("https:") else False

    async def ask(self, text: str, language: Language, published: date) -> ProvidedQuotes:
        """Return the quotes, or the error; never raises for what the provider does.

        The text goes to no other address: redirects, proxies and .netrc are ignored.
        """
        body = {"text": text, "language": language.value, "published": published.isoformat()}
        try:
            async with asyncio.timeout(self._seconds):
                answer = await self._post(json.dumps(body).encode())
            return ProvidedQuotes(True, tuple(_QuotesAnswer.model_validate_json(answer).quotes))
        except ValidationError:
            return ProvidedQuotes(True, error=_WRONG_FORM)
        except _RefusedAnswerError as error:
            return ProvidedQuotes(True, error=str(error))
        except (httpx.ConnectError, httpx.InvalidURL, httpx.UnsupportedProtocol):
            return ProvidedQuotes(False, error="the provider cannot be reached")
        except TimeoutError:
            late = f"the provider did not answer within {self._seconds:g} s"
            return ProvidedQuotes(True, error=late)
        except httpx.HTTPError:
            return ProvidedQuotes(True, error="the provider broke off its answer")

    async def _post(self, body: bytes) -> bytes:
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            # The limit counts bytes as they arrive.
            "Accept-Encoding": "identity",
            "User-Agent": "timeline-draft",
        }
        async with (
            # The deadline of the whole question is the caller's.
            httpx.AsyncClient(
                verify=self._verify, trust_env=False, follow_redirects=False, timeout=None
            ) as client,
            client.stream("POST", self._url, content=body, headers=headers) as response,
        ):
            _check_head(response)
            answer = bytearray()
            async for chunk in response.aiter_raw():
                answer += chunk
                if len(answer) > MAX_BYTES:
                    raise _RefusedAnswerError(f"the provider's answer exceeds {MAX_BYTES} bytes")
            return bytes(answer)


def _check_head(response: httpx.Response) -> None:
    """Raise for an answer that is no plain JSON."""
    if response.status_code != 200:
        hint = ", and redirects are not followed" if response.is_redirect else ""
        raise _RefusedAnswerError(
            f"the provider answered with the status {response.status_code}, expected 200{hint}"
        )
    media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise _RefusedAnswerError("the provider's answer is not application/json")
    if response.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        raise _RefusedAnswerError("the provider's answer is compressed, expected plain JSON")
