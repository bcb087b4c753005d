"""Files for search engines and browsers: sitemaps, `robots.txt`, the description of the search."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final
from xml.sax.saxutils import escape

from app.domain.languages import Language
from app.domain.vocabulary import EntityKind
from app.formats.pages.catalogues import N_, catalogue
from app.formats.phrases import WORDS

# A sitemap may have 50,000 addresses (https://www.sitemaps.org/protocol.html).
_MOST_ADDRESSES: Final = 50_000
ENTITIES_OF_A_SITEMAP: Final = _MOST_ADDRESSES // len(Language)
_XML: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITEMAPS: Final = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
# Pages without an id.
_LISTS: Final = ("explore", *(kind.collection for kind in EntityKind if kind != "event"), "about")
_SEARCH: Final = N_("Search the events by words and names, in any script.")


def write_sitemap_index(base: str, counts: Mapping[EntityKind, int]) -> str:
    """Return the index of the sitemaps: one for each 12,500 entities of a kind, and one of lists."""
    names = ["lists-1"]
    for kind, count in counts.items():
        parts = -(-count // ENTITIES_OF_A_SITEMAP)
        names += [f"{kind.collection}-{part}" for part in range(1, parts + 1)]
    maps = "".join(
        f"<sitemap><loc>{escape(base)}/sitemaps/{name}.xml</loc></sitemap>\n" for name in names
    )
    return f"{_XML}<sitemapindex {_SITEMAPS}>\n{maps}</sitemapindex>\n"


def write_sitemap(base: str, pages: Iterable[tuple[str, datetime | None]]) -> str:
    """Return a sitemap with each page in each language, and when it last changed.

    A page is given by its path below the language.
    """
    urls = "".join(
        f"<url><loc>{escape(base)}/{language}/{path}</loc>"
        + (f"<lastmod>{at:%Y-%m-%dT%H:%M:%SZ}</lastmod>" if at else "")
        + "</url>\n"
        for path, at in pages
        for language in Language
    )
    return f"{_XML}<urlset {_SITEMAPS}>\n{urls}</urlset>\n"


def list_pages() -> list[tuple[str, datetime | None]]:
    """Return the pages that are no entities."""
    return [(path, None) for path in _LISTS]


def write_robots(base: str, prefix: str) -> str:
    """Return the rules for robots: no list in each of its filters, and no answers for programs."""
    lines = (
        "User-agent: *",
        *(f"Disallow: {prefix}/{language}/explore?" for language in Language),
        *(f"Disallow: {prefix}/{language}/changes" for language in Language),
        f"Disallow: {prefix}/v1/",
        f"Disallow: {prefix}/pin/",
        f"Disallow: {prefix}/embed/",
        f"Disallow: {prefix}/ogc",
        f"Disallow: {prefix}/reconcile",
        *(f"Disallow: {prefix}/{language}/reconcile" for language in Language),
        f"Allow: {prefix}/v1/dataset.jsonld",
        "",
        f"Sitemap: {base}/sitemap.xml",
        "",
    )
    return "\n".join(lines)


def write_opensearch(base: str, language: Language) -> str:
    """Return the description of the search (https://github.com/dewitt/opensearch)."""
    root = escape(f"{base}/{language}")
    name = escape(WORDS[language].title)
    # Browsers show 16 characters.
    short = "DPRK–Russia"
    text = escape(catalogue(language).gettext(_SEARCH))
    return (
        f'{_XML}<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{short}</ShortName>\n<LongName>{name}</LongName>\n"
        f"<Description>{text}</Description>\n<Language>{language}</Language>\n"
        "<InputEncoding>UTF-8</InputEncoding>\n"
        f'<Url type="text/html" template="{root}/explore?q={{searchTerms}}"/>\n'
        f'<Url type="application/x-suggestions+json" template="{root}/suggest?q={{searchTerms}}"/>\n'
        f'<Url type="application/opensearchdescription+xml" rel="self" template="{root}/opensearch.xml"/>\n'
        "</OpenSearchDescription>\n"
    )
