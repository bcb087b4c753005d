"""Answers that are kept in memory, up to a number of bytes, as long as the data stays the same."""

from collections import OrderedDict
from collections.abc import Hashable, Iterable, Mapping
from typing import NamedTuple

import structlog

_log = structlog.get_logger("timeline.kept")
# One answer may take this part of the memory. With the default it is 512 kB, the page of 200 events.
_LARGEST_PART = 64
# Smaller answers, such as single events, have half of the memory, so that pages do not push them out.
_SMALL = 16_000
# The memory that Python needs for an answer beside its bytes, roughly.
_OVERHEAD = 1000
# The counts are logged after so many requests.
_REPORTED_EVERY = 100_000

RawHeaders = list[tuple[bytes, bytes]]


class Asked(NamedTuple):
    """Everything in a request that may change its answer: headers matter if the answer's `Vary` says so."""

    resource: Hashable
    headers: Mapping[bytes, bytes]


class KeptAnswer(NamedTuple):
    """The answer to a request, or only the names of request headers that choose one of several."""

    status: int
    headers: RawHeaders
    # The same headers as they are sent.
    lines: bytes
    body: bytes
    varies_by: tuple[bytes, ...] = ()
    # The path template of its route, for metrics.
    route: str = ""


class _Shelf:
    """Answers of one size class with their sizes, the one that was asked for longest ago first."""

    def __init__(self) -> None:
        self.size = 0
        self._answers: OrderedDict[Hashable, tuple[KeptAnswer, int]] = OrderedDict()

    def find(self, key: Hashable) -> KeptAnswer | None:
        found = self._answers.get(key)
        if found is None:
            return None
        self._answers.move_to_end(key)
        return found[0]

    def put(self, key: Hashable, answer: KeptAnswer, size: int) -> None:
        self.drop(key)
        self._answers[key] = answer, size
        self.size += size

    def drop(self, key: Hashable) -> None:
        _, size = self._answers.pop(key, (None, 0))
        self.size -= size

    def drop_oldest(self) -> None:
        self.drop(next(iter(self._answers)))


class KeptAnswers:
    """The answers of one version of the data, the last that was seen."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.hits = self.misses = 0
        self._version: Hashable = None
        self._small, self._large = _Shelf(), _Shelf()

    @property
    def size(self) -> int:
        """The memory that the answers take, roughly."""
        return self._small.size + self._large.size

    def find(self, asked: Asked, version: Hashable) -> KeptAnswer | None:
        """Return the answer from this version of the data, which is the present one."""
        if version != self._version:
            self._small, self._large, self._version = _Shelf(), _Shelf(), version
        found = self._find(asked.resource)
        if found is not None and found.varies_by:
            found = self._find(_variant(asked, found.varies_by))
        self._count(found is not None)
        return found

    def keep(self, asked: Asked, version: Hashable, answer: KeptAnswer) -> None:
        """Keep an answer that was made when the data had this version, or a later one."""
        size = _size(answer)
        if version != self._version or size > self.limit / _LARGEST_PART:
            return
        key = asked.resource
        if answer.varies_by:
            self._small.put(key, KeptAnswer(0, [], b"", b"", answer.varies_by), _OVERHEAD)
            key = _variant(asked, answer.varies_by)
            answer = answer._replace(varies_by=())
        shelf = self._small if size <= _SMALL else self._large
        shelf.put(key, answer, size)
        while self.size > self.limit:
            fuller = self._small if self._small.size > self.limit / 2 else self._large
            fuller.drop_oldest()

    def report(self) -> None:
        """Log the counts."""
        _log.info("kept answers", hits=self.hits, misses=self.misses, bytes=self.size)

    def _find(self, key: Hashable) -> KeptAnswer | None:
        return self._small.find(key) or self._large.find(key)

    def _count(self, hit: bool) -> None:
        self.hits += hit
        self.misses += not hit
        if (self.hits + self.misses) % _REPORTED_EVERY == 0:
            self.report()


def _size(answer: KeptAnswer) -> int:
    """Return the bytes of memory that an answer takes, roughly."""
    return _OVERHEAD + 2 * len(answer.lines) + len(answer.body)


def _variant(asked: Asked, varies_by: Iterable[bytes]) -> Hashable:
    return (asked.resource, *(asked.headers.get(name) for name in varies_by))
