"""micawber, a consumer of oEmbed for content systems, puts our embeds into a text in place of addresses."""

import re
from collections.abc import Iterator
from html import unescape

import httpx
import pytest
from micawber import Provider, ProviderRegistry, parse_text

from app.tables.database import Database
from tests.support.servers import served

pytestmark = [pytest.mark.clients, pytest.mark.sqlite]

PAGES = (
    "/en/events/2024-06-19-putin-visits-orthodox-church",
    "/ko/explore?type=meeting&participant=kim-jong-un",
    "/fr/explore?place=moscow",
    "/",
)


@pytest.fixture(scope="module")
def base(seeded_sqlite: Database) -> Iterator[str]:
    """The URL of a server over the seeds."""
    url = seeded_sqlite.url.render_as_string(hide_password=False)
    with served(url) as (base, _):
        yield base


@pytest.fixture(scope="module")
def providers(base: str) -> ProviderRegistry:
    """A registry with the endpoint that the head of a page names."""
    page = httpx.get(base + PAGES[0]).text
    link = re.search(r'<link [^>]*type="application/json\+oembed"[^>]* href="([^"]+)"', page)
    assert link is not None
    registry = ProviderRegistry()
    endpoint = unescape(link[1]).partition("?")[0]
    registry.register(re.escape(base) + r"/\S*", Provider(endpoint, timeout=60))
    return registry


@pytest.mark.parametrize("path", PAGES)
def test_an_address_becomes_an_embed_that_can_be_shown(
    base: str, providers: ProviderRegistry, path: str
) -> None:
    found = providers.request(base + path, maxwidth=500, maxheight=400)

    assert found["type"] == "rich"
    assert found["version"] == "1.0"
    assert found["title"]
    assert found["width"] <= 500 and found["height"] <= 400
    frame = re.search(r'src="([^"]+)"', found["html"])
    assert frame is not None
    embed = httpx.get(unescape(frame[1]))
    assert embed.status_code == 200
    assert "/embed/" in str(embed.url)


def test_the_addresses_in_a_text_are_replaced(base: str, providers: ProviderRegistry) -> None:
    text = "\n".join(f"{base}{path}" for path in PAGES)

    html = parse_text(text, providers)

    assert html.count("<iframe") == len(PAGES)
