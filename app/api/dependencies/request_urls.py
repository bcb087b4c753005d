"""The URLs that an answer refers to, all made from the URL of its request."""

from collections.abc import Callable, Container
from urllib.parse import urlencode

from fastapi import Request

from app.api.dependencies.parameters import declared_parameters
from app.api.http.urls import base_url, local_path, sent_query
from app.domain.languages import DEFAULT_LANGUAGE, Language
from app.domain.vocabulary import EntityKind
from app.formats.pages.site import PAGING, STATE
from app.reading.parameters.events import EventFilters, EventOrder

# Parameters that choose the presentation of a list. All others, except PAGING, choose the list itself.
_PRESENTATION = ("fields", "facets", "facet_limit", "facet_q", "highlight", "lang", "activity")
_FORM = ("bom", "delimiter")
_CHOOSING_EVENTS = {*EventFilters.model_fields, *EventOrder.model_fields, *STATE}


class RequestUrls:
    """Absolute URLs as the client sees them: behind a proxy they begin with the public URL."""

    def __init__(self, request: Request) -> None:
        self._path = local_path(request)
        self._query = sent_query(request.scope)
        self._pairs = request.query_params.multi_items()
        self._declared = declared_parameters(request)
        self.root_url = base_url(request)
        # The template of events' pages on another site; empty without one.
        self.event_page_elsewhere: str = request.app.state.settings.event_page
        self.api_url = f"{self.root_url}/v1"

    def event_page(self, language: Language) -> Callable[[str], str]:
        """Return the function that returns the URL of an event's page in a language, by its id."""
        pages = self.event_page_elsewhere or f"{self.root_url}/{{language}}/events/{{id}}"
        page = pages.replace("{language}", language)
        return lambda event: page.replace("{id}", event)

    def page_link(self, kind: EntityKind, slug: str) -> str:
        """Return the value of a `Link` header that leads from a record to its page for people."""
        if kind is EntityKind.EVENT:
            page = self.event_page(DEFAULT_LANGUAGE)(slug)
        else:
            page = f"{self.root_url}/{DEFAULT_LANGUAGE}/{kind.collection}/{slug}"
        # A page elsewhere knows no past state.
        state = "" if kind is EntityKind.EVENT and self.event_page_elsewhere else self.state_query
        return f'<{_with_query(page, state)}>; rel="alternate"; type="text/html"; hreflang="{DEFAULT_LANGUAGE}"'

    @property
    def url(self) -> str:
        """The URL of the request, its query as it was sent."""
        return _with_query(f"{self.root_url}{self._path}", self._query)

    def url_with(self, name: str, value: object, *, instead_of: str = "") -> str:
        """Return the URL of the request with this value for one parameter, which may replace another."""
        others = [pair for pair in self._pairs if pair[0] not in (name, instead_of)]
        return _with_query(f"{self.root_url}{self._path}", urlencode([*others, (name, value)]))

    def page_url(self, cursor: str | None) -> str | None:
        """Return the URL of the page at the cursor; None without one."""
        return None if cursor is None else self.url_with("cursor", cursor)

    @property
    def list_url(self) -> str:
        """The URL of the list of the same events, filtered and sorted like the request."""
        return _with_query(f"{self.api_url}/events", self._only(_CHOOSING_EVENTS))

    def list_page_url(self, language: Language) -> str:
        """Return the URL of the page of the same list, in a language."""
        return _with_query(f"{self.root_url}/{language}/explore", self._only(_CHOOSING_EVENTS))

    @property
    def event_filters(self) -> list[tuple[str, str]]:
        """The filters of events in the query, in the order in which they were sent."""
        return [pair for pair in self._pairs if pair[0] in EventFilters.model_fields]

    def pinned_url(self, seq: int | None) -> str:
        """Return the URL of the chosen events in this state: the list, or without filters the dataset.

        A release that the request names stays in the URL; otherwise the number of the change pins it.
        Before the first change, None, nothing can be pinned.
        """
        path = "events" if self.event_filters else "dataset.sqlite"
        chosen = self._pinned(seq)
        if path != "events":
            chosen = [pair for pair in chosen if pair[0] in STATE]
        return _with_query(f"{self.api_url}/{path}", urlencode(chosen))

    def pinned_page_url(self, language: Language, seq: int | None) -> str:
        """Return the URL of the page of the chosen events in this state, pinned like `pinned_url`."""
        return _with_query(f"{self.root_url}/{language}/explore", urlencode(self._pinned(seq)))

    def _pinned(self, seq: int | None) -> list[tuple[str, str]]:
        chosen = [
            pair for pair in self._pairs if pair[0] in _CHOOSING_EVENTS and pair[0] != "as_of"
        ]
        if seq is not None and "release" not in dict(chosen):
            chosen.append(("as_of", str(seq)))
        return chosen

    @property
    def alternate_link(self) -> str:
        """The value of a `Link` header that leads to the list of the same events."""
        return f'<{self.list_url}>; rel="alternate"; type="application/json"'

    @property
    def file_name(self) -> str:
        """The last part of the path, such as `events.csv`."""
        return self._path.rpartition("/")[2]

    @property
    def table_link(self) -> str:
        """The value of a `Link` header that leads from a table to the list of the same entities."""
        query = urlencode([pair for pair in self._pairs if pair[0] not in _FORM])
        url = _with_query(f"{self.root_url}{self._path.rpartition('.')[0]}", query)
        return f'<{url}>; rel="alternate"; type="application/json"'

    @property
    def description_link(self) -> str:
        """The value of a `Link` header that leads to the description of a file's columns."""
        url = _with_query(f"{self.api_url}/datapackage.json", self.state_query)
        return f'<{url}>; rel="describedby"; type="application/json"'

    @property
    def state_query(self) -> str:
        """The query's `as_of` or `release`; empty for the present state."""
        return self._only(STATE)

    @property
    def list_name(self) -> str:
        """The path, filters and sort in one normal form, which identifies the list.

        The order of parameters does not matter, nor whether a default is sent or left out.
        """
        return self._normal_form(without=(*PAGING, *_PRESENTATION))

    @property
    def representation_name(self) -> str:
        """The normal form of the list together with its presentation, such as `lang`."""
        return self._normal_form(without=PAGING)

    def _only(self, names: Container[str]) -> str:
        return urlencode([pair for pair in self._pairs if pair[0] in names])

    def _normal_form(self, without: Container[str]) -> str:
        chosen = {
            (name, value)
            for name, value in self._pairs
            if name not in without and value != self._declared[name].default
        }
        return f"{self._path}?{urlencode(sorted(chosen))}"


def _with_query(url: str, query: str) -> str:
    return f"{url}?{query}" if query else url
