"""The client: one method for each list, and for one entity of each kind."""

import random
import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from http import HTTPStatus
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Generic, Self, TypeVar, cast

import httpx

from timeline_client.models import (
    Candidate,
    Counterpart,
    EventDocument,
    Histogram,
    ParticipantDocument,
    PlaceDocument,
    SourceDocument,
    TreatyDocument,
)

if TYPE_CHECKING:
    import pandas

_Item = TypeVar("_Item")
# The value of a parameter; several values are alternatives.
Value = str | int | bool | date | Iterable[str | int | date]
_Pairs = list[tuple[str, str | int | float | bool | None]]
# Another time may succeed.
_PASSING: Final = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
_TRIES: Final = 5
# Seconds, also if the server asks for more.
_LONGEST_WAIT: Final = 60.0
_PAGE: Final = 200


class TimelineError(Exception):
    """The server refused a request: `detail` says which value is wrong, and which would be right.

    `type` is the type of the problem, such as `/problems/not-found`, and `errors` has each fault.
    """

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        self.status = status
        self.type = str(problem.get("type", "about:blank"))
        self.detail = str(problem.get("detail", f"the server answered with the status {status}"))
        self.errors: list[dict[str, Any]] = list(problem.get("errors", []))
        super().__init__(f"{status} {self.type}: {self.detail}")


class Timeline:
    """A server, read in one state of its data.

    `as_of` is the number of a change, an instant or a day, and `release` the name of a release; without
    them each request reads the present state. Raises TimelineError for a refusal, and httpx.TransportError if
    no answer comes. Both come after the last of five tries, if another try could have helped.
    """

    def __init__(
        self,
        url: str,
        *,
        as_of: str | int | datetime = "",
        release: str = "",
        timeout: float = 60,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        state = {"as_of": as_of, "release": release}
        # Not by truth: the change 0 is none, which the server says.
        self._state = _pairs({name: value for name, value in state.items() if value != ""})
        self._client = httpx.Client(
            base_url=f"{url.rstrip('/')}/v1/",
            timeout=timeout,
            transport=transport,
            follow_redirects=True,
            headers={"User-Agent": "timeline-client"},
        )

    def __enter__(self) -> Self:
        """Return the server; the end of the block closes its connections."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connections."""
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def events(self, **filters: Value) -> "Events":
        """Return the events that match the filters of `/v1/events`, newest first."""
        return Events(self, "events", filters)

    def event(self, id: str) -> EventDocument:
        """Return one event."""
        return cast(EventDocument, self.get(f"events/{id}"))

    def participants(self, **filters: Value) -> "Items[ParticipantDocument]":
        """Return the people, organisations and states that match."""
        return Items(self, "participants", filters)

    def participant(self, id: str) -> ParticipantDocument:
        """Return one participant."""
        return cast(ParticipantDocument, self.get(f"participants/{id}"))

    def counterparts(self, id: str, **filters: Value) -> "Items[Counterpart]":
        """Return the participants who share events with this one, with the numbers of these events."""
        return Items(self, f"participants/{id}/counterparts", filters)

    def resolve(self, name: str, **hints: Value) -> list[Candidate]:
        """Return the participants that a name in any script may mean, the likeliest first."""
        page = self.get("participants/resolve", name=name, **hints)
        return cast(list[Candidate], page["items"])

    def treaties(self, **filters: Value) -> "Items[TreatyDocument]":
        """Return the treaties that match."""
        return Items(self, "treaties", filters)

    def treaty(self, id: str) -> TreatyDocument:
        """Return one treaty."""
        return cast(TreatyDocument, self.get(f"treaties/{id}"))

    def places(self, **filters: Value) -> "Items[PlaceDocument]":
        """Return the places that match."""
        return Items(self, "places", filters)

    def sources(self, **filters: Value) -> "Items[SourceDocument]":
        """Return the sources that match."""
        return Items(self, "sources", filters)

    def histogram(self, interval: str = "year", **filters: Value) -> Histogram:
        """Return the numbers of events in each year, or other interval."""
        return cast(Histogram, self.get("events/histogram", interval=interval, **filters))

    def get(self, path: str, **parameters: Value) -> Any:
        """Return the JSON of any path below `/v1`, in the state of this object."""
        return self._read(path, [*_pairs(parameters), *self._state])

    def pages(self, path: str, parameters: Mapping[str, Value]) -> Iterator[Any]:
        """Yield each page of a list, as it is needed."""
        page = self.get(path, **{"limit": _PAGE, **parameters})
        yield page
        while following := page["page"]["next"]:
            page = self._read(following, [])
            yield page

    def _read(self, url: str, pairs: _Pairs) -> Any:
        answer = self._send(url, pairs)
        if answer.is_success:
            return answer.json()
        is_problem = "json" in answer.headers.get("content-type", "")
        raise TimelineError(answer.status_code, answer.json() if is_problem else {})

    def _send(self, url: str, pairs: _Pairs) -> httpx.Response:
        # Without pairs: an empty list of parameters would remove the ones of a URL.
        params = httpx.QueryParams(pairs) if pairs else None
        for number in range(1, _TRIES):
            try:
                answer = self._client.get(url, params=params)
            except httpx.TransportError:
                wait = _pause(number)
            else:
                if answer.status_code not in _PASSING:
                    return answer
                wait = _asked_wait(answer, number)
            time.sleep(wait)
        return self._client.get(url, params=params)


class Items(Generic[_Item]):
    """A list, which is read page by page while it is iterated, from the beginning each time."""

    def __init__(self, timeline: Timeline, path: str, filters: Mapping[str, Value]) -> None:
        self._timeline = timeline
        self._path = path
        # An iterator among the values could be read only once.
        self._filters = {name: _each(value) for name, value in filters.items()}

    def __iter__(self) -> Iterator[_Item]:
        """Yield each item once, also while others are added."""
        for page in self._timeline.pages(self._path, self._filters):
            yield from page["items"]

    def count(self) -> int:
        """Return the number of items, without reading them."""
        counted: dict[str, Value] = {**self._filters, "limit": 0, "total": "exact"}
        return int(self._timeline.get(self._path, **counted)["page"]["total"])


class Events(Items[EventDocument]):
    """A list of events, which can become a data frame."""

    def to_pandas(self, language: str = "en") -> "pandas.DataFrame":
        """Return a row for each event, with names in this language or in English. Needs pandas.

        `date` is the text in EDTF; the four bounds are days, and NaT where the date is open.
        """
        from timeline_client.frames import events_frame

        return events_frame(self, language)


def _pairs(parameters: Mapping[str, Value]) -> _Pairs:
    return [(name, _text(each)) for name, value in parameters.items() for each in _each(value)]


def _each(value: Value) -> list[str | int | date]:
    return [value] if isinstance(value, str | int | date) else [*value]


def _text(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case date():
            return value.isoformat()
    return str(value)


def _pause(number: int) -> float:
    """Return the seconds to wait after this try: half a second, doubled each time, and a little more."""
    # Clients that failed together must not come back together.
    return 0.5 * 2.0 ** (number - 1) * random.uniform(1, 1.5)


def _asked_wait(answer: httpx.Response, number: int) -> float:
    asked = answer.headers.get("retry-after", "")
    return min(float(asked), _LONGEST_WAIT) if asked.isdecimal() else _pause(number)
