"""The links under a view: each carries the filters of the view, and none is refused by the API."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import ClassVar, Final, NamedTuple

from app.formats.pages.catalogues import N_, catalogue
from app.formats.pages.site import Site
from app.formats.tables.parquet import is_installed

# The formats of references, by their name and the end of their path.
CITATIONS: Final = (("RIS", "ris"), ("BibTeX", "bib"), ("CSL-JSON", "csl.json"))
_FEEDS: Final = (("Atom", "atom"), ("RSS", "rss"), ("JSON Feed", "jsonfeed"))
# The size of an embedded event, and of an embedded list, in CSS pixels.
EVENT_SIZE: Final = (600, 260)
LIST_SIZE: Final = (600, 480)
_COMPLETE: Final = N_("iCalendar, also with events that are not known to the day")
# The names and addresses of links.
Links = Sequence[tuple[str, str]]
# Makes the address of a file of the view's events, such as `events.csv`, with further parameters.
MakeAddress = Callable[..., str]


class Snippet(NamedTuple):
    """A program in a few lines, and the language that it is in."""

    name: str
    code: str


class TakeAway(NamedTuple):
    """The addresses of a view, its files, and texts to copy; a part without a value is not offered."""

    page: str
    pinned: str = ""
    files: Links = ()
    subscriptions: Links = ()
    citations: Links = ()
    proof: str = ""
    snippets: Sequence[Snippet] = ()
    embed: str = ""


def share_page(site: Site, files: Links, *, pinned: bool = True) -> TakeAway:
    """Return the links of a view that shows no events, with its files."""
    return TakeAway(site.url, "" if site.state or not pinned else site.pin, files)


def share_dataset(site: Site, proved: dict[str, object]) -> TakeAway:
    """Return the links of the page about the dataset: its files, and references to all of it.

    `proved` are parameters of the references that differ from the page's.
    """
    files = [
        ("SQLite", site.api("dataset.sqlite")),
        ("CSV", site.api("events.csv", lang=site.language)),
        ("NDJSON", site.api("events.ndjson")),
        ("DCAT", site.api("dataset.jsonld")),
        ("Data Package", site.api("datapackage.json")),
        ("JSON", site.api("coverage")),
    ]
    citations = [
        (name, site.api(f"dataset.{suffix}", lang=site.language, **proved))
        for name, suffix in CITATIONS
    ]
    return share_page(site, files)._replace(citations=citations)


def share_list(site: Site, title: str, proved: dict[str, object]) -> TakeAway:
    """Return the links of the list of events on this page, which has this title.

    `proved` are parameters of the proof and the citation that differ from the page's.
    """
    embed = site.below("embed", site.language, "explore", pairs=site.chosen)
    files = [
        *_tables(site, site.same_list),
        ("JSON", site.same_list("events")),
        *(
            (name, site.same_list(f"events.{suffix}", lang=site.language))
            for name, suffix in CITATIONS
        ),
    ]
    return _share(site, site.same_list, files, proved)._replace(
        embed=_frame(site, embed, LIST_SIZE, title)
    )


def share_events_of(
    site: Site, kind: str, collection: str, slug: str, title: str, proved: dict[str, object]
) -> TakeAway:
    """Return the links of the page of an entity, with files of the events that the filter `kind` chooses."""

    def address(name: str, **query: object) -> str:
        return site.api(name, **{kind: slug, **query})

    embed = site.below("embed", site.language, "explore", pairs=[(kind, slug), *site.state])
    files = [*_tables(site, address), ("JSON", site.api(f"{collection}/{slug}"))]
    return _share(site, address, files, proved)._replace(
        embed=_frame(site, embed, LIST_SIZE, title)
    )


@dataclass(frozen=True)
class EventLinks:
    """The links of the page of an event, which are made when they are shown."""

    site: Site
    slug: str
    title: str
    # Parameters of the proof that differ from the page's.
    proved: tuple[tuple[str, object], ...] = ()
    embed: ClassVar = True
    # An id that no event has, as ids of events begin with a year.
    ANY: ClassVar = "a-0-z-id-of-any-event"
    ANY_TITLE: ClassVar = "a-0-z-title-of-any-event"

    def pattern(self) -> "EventLinks":
        """Return the links of another event, which differ by its id and title alone, and can be kept."""
        path = f"/events/{self.ANY}"
        site = Site(self.site.base, self.site.language, path, tuple(self.site.pairs))
        return EventLinks(site, self.ANY, self.ANY_TITLE, self.proved)

    def links(self) -> TakeAway:
        """Return all links."""
        return _share_event(self.site, self.slug, self.title, dict(self.proved))


def event_links(site: Site, slug: str, title: str, proved: dict[str, object]) -> EventLinks:
    """Return the links of the page of an event."""
    return EventLinks(site, slug, title, tuple(proved.items()))


def _share_event(site: Site, slug: str, title: str, proved: dict[str, object]) -> TakeAway:

    def address(name: str, **query: object) -> str:
        if name == "events.ics":
            # Otherwise the calendar of an event that is not known to the day would be empty.
            query["imprecise"] = "include"
        return site.api(name, id=slug, **query)

    embed = site.below("embed", site.language, f"events/{slug}", pairs=site.state)
    files = [
        *_tables(site, address),
        ("JSON", site.api(f"events/{slug}")),
        ("JSON-LD", site.api(f"events/{slug}.jsonld")),
        ("Web Annotations", site.api(f"events/{slug}/evidence")),
    ]
    citations = [
        (name, site.api(f"events/{slug}.{suffix}", lang=site.language))
        for name, suffix in CITATIONS
    ]
    return _share(site, address, files, proved)._replace(
        citations=citations, embed=_frame(site, embed, EVENT_SIZE, title)
    )


def _share(site: Site, address: MakeAddress, files: Links, proved: dict[str, object]) -> TakeAway:
    language = site.language
    # Without a parameter it has only the events that are known to the day.
    calendar = address("events.ics", lang=language)
    complete = address("events.ics", lang=language, imprecise="include")
    named = catalogue(language).gettext(_COMPLETE)
    calendars = [("iCalendar", calendar), *([(named, complete)] if complete != calendar else [])]
    feeds = [
        (name, address(f"events.{suffix}", lang=language, sort=None)) for name, suffix in _FEEDS
    ]
    shared = TakeAway(
        page=site.url,
        citations=[
            (name, address(f"dataset.{suffix}", lang=language, **proved))
            for name, suffix in CITATIONS
        ],
        proof=address("proof", sort=None, **proved),
        snippets=_snippets(site.full(address("events.csv", lang=language))),
    )
    if site.state:
        # A past state never changes, so nobody subscribes to it.
        return shared._replace(files=[*files, *calendars])
    return shared._replace(pinned=site.pin, files=files, subscriptions=[*calendars, *feeds])


def _tables(site: Site, address: MakeAddress) -> Links:
    language = site.language
    # A server without the extra answers such a path with a 501.
    typed = [("Parquet", address("events.parquet", lang=language))] if is_installed() else []
    return [
        ("CSV", address("events.csv", lang=language)),
        ("Excel", address("events.xlsx", lang=language)),
        *typed,
        ("GeoJSON", address("events.geojson", lang=language)),
        ("NDJSON", address("events.ndjson")),
    ]


def _snippets(url: str) -> Sequence[Snippet]:
    """Return programs that read the table; no address has a quotation mark or a backslash."""
    return (
        Snippet("curl", f"curl --location --output events.csv '{url}'"),
        Snippet("pandas", f'import pandas as pd\n\nevents = pd.read_csv("{url}")'),
        Snippet("R", f'events <- read.csv("{url}", encoding = "UTF-8")'),
    )


def _frame(site: Site, address: str, size: tuple[int, int], title: str) -> str:
    return frame(site.full(address), size, title)


def frame(url: str, size: tuple[int, int], title: str) -> str:
    """Return the HTML that shows an embed in another page."""
    width, height = size
    return (
        f'<iframe src="{escape(url)}" width="{width}" height="{height}" title="{escape(title)}" '
        'loading="lazy"></iframe>'
    )
