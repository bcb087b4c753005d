"""Post one message to a receiver: to a checked address, once, within a limited time."""

import asyncio
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Final, NamedTuple

import httpx

from app.cli.webhooks.networks import RefusedNetworkError, find_addresses
from app.cli.webhooks.receivers import Receiver
from app.cli.webhooks.signing import Message, signed_headers

# For one attempt as a whole, however slowly the receiver answers.
MOST_SECONDS: Final = 15.0


class Outcome(NamedTuple):
    """The result of an attempt: delivered, gone for good, or the reason to retry."""

    delivered: bool
    gone: bool = False
    reason: str = ""
    # The seconds that the receiver asks for before the next attempt.
    wait: float | None = None


class Poster:
    """Posts the messages of one receiver. No reason names its path, which may hold a secret."""

    def __init__(self, receiver: Receiver, seconds: float = MOST_SECONDS) -> None:
        self._receiver = receiver
        self._seconds = seconds
        self._url = httpx.URL(receiver.url)
        self._host = self._url.raw_host.decode()
        self._keys = receiver.keys
        # Reading the certificates takes long, so it happens once.
        self._verify = httpx.create_ssl_context() if self._url.scheme == "https" else False

    async def post(self, message: Message) -> Outcome:
        """Make one attempt; never raises for an action of the receiver."""
        host = self._host
        try:
            async with asyncio.timeout(self._seconds):
                return _outcome(await self._answer(message))
        except RefusedNetworkError as error:
            return Outcome(False, reason=str(error))
        except (TimeoutError, httpx.TimeoutException):
            return Outcome(False, reason=f"{host} did not answer within {self._seconds:g} s")
        except (httpx.ConnectError, OSError) as error:
            return Outcome(False, reason=f"no connection to {host}: {error}")
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return Outcome(False, reason=f"{host} broke off: {type(error).__name__}")

    async def _answer(self, message: Message) -> httpx.Response:
        url, receiver = self._url, self._receiver
        port = url.port or (443 if url.scheme == "https" else 80)
        addresses = await find_addresses(self._host, port, allow_private=receiver.allow_private)
        # A host may have an address to which nothing gets through, beside one that answers.
        timeout = httpx.Timeout(self._seconds, connect=self._seconds / 3)
        # Proxies and .netrc of the environment would lead past the check of the address.
        async with httpx.AsyncClient(
            verify=self._verify, trust_env=False, follow_redirects=False, timeout=timeout
        ) as client:
            for address in addresses[:-1]:
                try:
                    return await self._send(client, address, message)
                except (httpx.ConnectError, httpx.ConnectTimeout):
                    continue
            return await self._send(client, addresses[-1], message)

    async def _send(
        self, client: httpx.AsyncClient, address: str, message: Message
    ) -> httpx.Response:
        """Send to the address, with the name of the host in `Host` and in the certificate."""
        headers = signed_headers(self._keys, message, int(time.time()))
        request = client.build_request(
            "POST",
            self._url.copy_with(host=address),
            content=message.body,
            headers={**headers, "Host": self._url.netloc.decode()},
            extensions={"sni_hostname": self._host},
        )
        answer = await client.send(request, stream=True)
        # The body of the answer is never read: it may be endless.
        await answer.aclose()
        return answer


def _outcome(answer: httpx.Response) -> Outcome:
    if answer.is_success:
        return Outcome(True)
    if answer.status_code == HTTPStatus.GONE:
        return Outcome(False, gone=True, reason="the receiver answers 410 Gone")
    reason = f"the receiver answers {answer.status_code}"
    if answer.is_redirect:
        reason += ", and redirects are not followed"
    return Outcome(False, reason=reason, wait=_asked_wait(answer))


def _asked_wait(answer: httpx.Response) -> float | None:
    """Return the seconds to wait by `Retry-After`, which names seconds or a date (RFC 9110 §10.2.3)."""
    asked = answer.headers.get("Retry-After", "")
    if asked.isdecimal() and asked.isascii():
        return float(asked)
    try:
        return max(0.0, (parsedate_to_datetime(asked) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError, OverflowError):
        # The second is for no date, and the third for a date with a number of 20 digits.
        return None
