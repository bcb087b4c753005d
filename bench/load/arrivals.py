"""Arrivals in an open model, and the latency of each request from the instant at which it was due."""

import asyncio
import random
import time
from collections.abc import Callable, Coroutine, Iterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import httpx

# A request that takes longer has failed: nobody waits so long.
PATIENCE = 30


@dataclass
class Sample:
    """One request: its kind, the seconds from the instant at which it was due, and why it failed, if so."""

    kind: str
    seconds: float
    fault: str = ""


@dataclass
class Visit:
    """A session: asks one request after another, each due when the answer before it has arrived."""

    client: httpx.AsyncClient
    chance: random.Random
    due: float
    samples: list[Sample]
    key: str = ""
    # The tags that earlier sessions saw, by path: readers that come again revalidate.
    tags: dict[str, str] = field(default_factory=dict)

    async def get(self, kind: str, path: str, *, again: bool = False) -> httpx.Response | None:
        """Return the answer, or None if the request failed; with `again` the tag seen last is sent."""
        tag = self.tags.get(path) if again else None
        answer = await self.send(kind, "GET", path, {"If-None-Match": tag} if tag else {})
        if answer is not None and "etag" in answer.headers:
            self.tags[path] = answer.headers["etag"]
        return answer

    async def send(
        self, kind: str, method: str, path: str, headers: Mapping[str, str], json: object = None
    ) -> httpx.Response | None:
        """Return the answer, or None if the request failed."""
        fault = ""
        answer: httpx.Response | None = None
        try:
            async with asyncio.timeout(self.due + PATIENCE - time.monotonic()):
                answer = await self.client.request(method, path, headers=headers, json=json)
        except TimeoutError:
            fault = f"no answer in {PATIENCE} s"
        except httpx.HTTPError as error:
            fault = type(error).__name__
        if answer is not None and answer.status_code >= 400:
            fault, answer = f"status {answer.status_code}", None
        now = time.monotonic()
        self.samples.append(Sample(kind, now - self.due, fault))
        self.due = now
        return answer


Session = Callable[[Visit], Coroutine[Any, Any, None]]


def schedule(rate: float, seconds: float, chance: random.Random) -> Iterator[float]:
    """Yield the instants of a Poisson process, in seconds from the begin: `rate` of them in a second."""
    at = chance.expovariate(rate)
    while at < seconds:
        yield at
        at += chance.expovariate(rate)


class Crowd:
    """Sessions that begin at their instants, of kinds by weight. Enter it using `async with`."""

    def __init__(
        self,
        base: str,
        kinds: Mapping[str, tuple[float, Session]],
        seed: int,
        key: str = "",
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=200)
        self._client = httpx.AsyncClient(
            base_url=base, timeout=None, limits=limits, transport=transport, trust_env=False
        )
        self._sessions = [session for _, session in kinds.values()]
        self._weights = [weight for weight, _ in kinds.values()]
        self._chance = random.Random(seed)
        self._key = key
        self._tags: dict[str, str] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._client.aclose()

    async def run(self, rate: float, seconds: float) -> list[Sample]:
        """Let sessions begin at this rate for so many seconds; return all requests when the last has ended."""
        samples: list[Sample] = []
        begin = time.monotonic()
        async with asyncio.TaskGroup() as group:
            for at in schedule(rate, seconds, self._chance):
                due = begin + at
                await asyncio.sleep(max(0, due - time.monotonic()))
                (session,) = self._chance.choices(self._sessions, self._weights)
                visit = Visit(self._client, self._chance, due, samples, self._key, self._tags)
                group.create_task(session(visit))
        return samples
