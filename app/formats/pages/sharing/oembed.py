"""oEmbed (https://oembed.com): which embed shows the page at an address, and its description."""

from collections.abc import Mapping
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, quote, urlencode, urlsplit
from xml.etree import ElementTree

from app.domain.languages import DEFAULT_LANGUAGE, Language
from app.domain.vocabulary import KINDS_OF_COLLECTIONS, KindAndSlug
from app.formats.pages.sharing.take_away import EVENT_SIZE, LIST_SIZE, frame
from app.formats.pages.site import PAGING

# The beginnings of addresses that lead to a page in the present state, and of embeds.
_PIN: Final = "pin"
_EMBED: Final = "embed"


class EmbedError(ValueError):
    """No embed shows this address; the text says why."""


# A smaller frame shows nothing that could be read, so the description has none.
_LEAST: Final = (160, 90)


class EmbeddedPage(NamedTuple):
    """A page of this server: the event that it shows, or the parameters of the list that it shows.

    The list of another entity's page has its events.
    """

    language: Language
    event: str
    pairs: tuple[tuple[str, str], ...]
    # Whether the address is the permanent one, which means the present state.
    pinned: bool = False
    # The entity whose page it is, unless it is an event.
    entity: KindAndSlug | None = None

    @property
    def size(self) -> tuple[int, int]:
        """The size of its embed in CSS pixels."""
        return EVENT_SIZE if self.event else LIST_SIZE

    def url(self, base: str) -> str:
        """Return the URL of the embed."""
        path = f"events/{quote(self.event)}" if self.event else "explore"
        query = f"?{urlencode(self.pairs)}" if self.pairs else ""
        return f"{base}/embed/{self.language}/{path}{query}"


def read_page(base: str, url: str) -> EmbeddedPage:
    """Return the page at an address below `base`. Raises EmbedError.

    The scheme may differ: a proxy may know the server by another one.
    """
    try:
        asked, own = urlsplit(url), urlsplit(base)
    except ValueError:
        raise EmbedError("this is no address of the web") from None
    if asked.scheme not in ("http", "https") or not asked.netloc:
        raise EmbedError(f"this is no address of the web: one begins with {base}/")
    asked_path = asked.path if asked.path != own.path else f"{own.path}/"
    if asked.netloc.lower() != own.netloc.lower() or not asked_path.startswith(f"{own.path}/"):
        raise EmbedError(f"this page is on another server: this one has the pages below {base}/")
    first, *parts = asked_path.removeprefix(f"{own.path}/").removesuffix("/").split("/")
    pinned = first == _PIN
    if first in (_PIN, _EMBED) and len(parts) > 1:
        first, *parts = parts
    # The address of the server leads to the list of events, in a language that an embed must choose.
    language = next((each for each in Language if each == (first or DEFAULT_LANGUAGE)), None)
    pairs = tuple(pair for pair in parse_qsl(asked.query) if pair[0] not in PAGING)
    match parts:
        case [] | ["explore"] if language:
            return EmbeddedPage(language, "", pairs, pinned)
        case ["events", slug] if language and slug:
            return EmbeddedPage(language, slug, pairs, pinned)
        case [collection, slug] if language and slug and collection in KINDS_OF_COLLECTIONS:
            kind = KINDS_OF_COLLECTIONS[collection]
            return EmbeddedPage(language, "", ((kind.value, slug), *pairs), pinned, (kind, slug))
    raise EmbedError(
        f"no embed shows this page: events ({base}/en/events/…), lists of events "
        f"({base}/en/explore?…) and pages of participants, places and the like have one"
    )


def describe_embed(
    base: str, page: EmbeddedPage, title: str, provider: str, limits: tuple[int, int]
) -> Mapping[str, str | int]:
    """Return the description of an embed, by its keys in oEmbed; it is at most as large as the limits.

    Limits that leave no room for a frame make it a `link`, which has a title and no HTML.
    """
    width, height = map(min, page.size, limits)
    described: dict[str, str | int] = {
        "version": "1.0",
        "type": "link",
        "title": title,
        "provider_name": provider,
        "provider_url": f"{base}/",
    }
    if width >= _LEAST[0] and height >= _LEAST[1]:
        html = frame(page.url(base), (width, height), title)
        described |= {"type": "rich", "html": html, "width": width, "height": height}
    return described


def write_oembed_xml(described: Mapping[str, str | int]) -> bytes:
    """Return a description as XML (oEmbed 1.0, section 2.3.4)."""
    root = ElementTree.Element("oembed")
    for key, value in described.items():
        ElementTree.SubElement(root, key).text = str(value)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written
