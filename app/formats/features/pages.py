"""The answers as pages: a list of entries or of values, and the links of the JSON."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from app.formats.features.collections import OPENAPI, guide_link, link, self_links
from app.formats.json_objects import JsonObject
from app.formats.pages.environment import render
from app.formats.pages.site import Site

_NO_LINKS: Final[Sequence[JsonObject]] = ()


class ShownEntry(NamedTuple):
    """An entry of a list, with its address if it has one, and a text beside it."""

    name: str
    href: str = ""
    text: str = ""


def show_document(site: Site, document: JsonObject, title: str = "") -> str:
    """Return the page of the landing page, the conformance or a collection."""
    entries = [ShownEntry(each) for each in document.get("conformsTo", ())]
    return _page(site, title or document["title"], document, entries)


def show_collections(site: Site, document: JsonObject, title: str) -> str:
    """Return the page of the list of the collections."""
    entries = [
        ShownEntry(each["title"], _own_page(each["links"]), each["description"])
        for each in document["collections"]
    ]
    return _page(site, title, document, entries)


def show_definition(site: Site, document: JsonObject, root: str) -> str:
    """Return the page of the definition: its paths, which begin at `root`, and the guide."""
    entries = [
        ShownEntry(path, "" if "{" in path else f"{root}{path}?f=html", methods["get"]["summary"])
        for path, methods in document["paths"].items()
    ]
    about = document["info"]
    links = [*self_links(f"{root}/api", OPENAPI, "html"), guide_link(root)]
    described = {"description": about["description"], "links": links}
    return _page(site, about["title"], described, entries)


def show_queryables(site: Site, document: JsonObject) -> str:
    """Return the page of the properties that can be asked for."""
    entries = [
        ShownEntry(name, "", schema["description"])
        for name, schema in document["properties"].items()
    ]
    links = [link(document["$id"], "self", "application/schema+json", document["$id"])]
    return _page(site, document["title"], {**document, "links": links}, entries)


def show_items(site: Site, document: JsonObject, title: str, url: str) -> str:
    """Return the page of features; `url` is the address of the list, below which each has its own."""
    entries = [
        ShownEntry(
            each["properties"].get("title") or each["properties"]["name"],
            f"{url}/{each['id']}?f=html",
            each["properties"].get("date_text", ""),
        )
        for each in document["features"]
    ]
    return _page(site, title, document, entries, matched=document["numberMatched"])


def show_item(site: Site, document: JsonObject) -> str:
    """Return the page of one feature: its properties, and the coordinates of its point."""
    properties = document["properties"]
    values = [*_values(properties)]
    if document["geometry"]:
        coordinates = ", ".join(str(each) for each in document["geometry"]["coordinates"])
        values.append(("geometry", coordinates))
    title = properties.get("title") or properties["name"]
    return _page(site, title, document, values=values)


def _values(properties: JsonObject) -> Iterator[tuple[str, str]]:
    for name, value in properties.items():
        if value not in (None, []):
            yield name, _shown(value)


def _shown(value: Any) -> str:
    match value:
        case list():
            return ", ".join(value)
        case bool():
            # As in JSON.
            return str(value).lower()
    return str(value)


def _own_page(links: Sequence[JsonObject]) -> str:
    return next(str(each["href"]) for each in links if each["href"].endswith("f=html"))


def _page(
    site: Site,
    title: str,
    document: JsonObject,
    entries: Sequence[ShownEntry] = (),
    values: Sequence[tuple[str, str]] = (),
    matched: int | None = None,
) -> str:
    return render(
        "features.html",
        site,
        title=title,
        description=document.get("description", ""),
        entries=entries,
        values=values,
        matched=matched,
        links=document.get("links", _NO_LINKS),
    )
