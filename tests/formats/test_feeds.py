"""Atom, RSS and JSON Feed."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID
from xml.etree import ElementTree

import feedparser
import pytest

from app.documents.entities.event import EventDocument
from app.domain.languages import Language
from app.domain.values import LanguageMap
from app.formats.events.atom import write_atom
from app.formats.events.feed import Feed
from app.formats.events.jsonfeed import write_jsonfeed
from app.formats.events.rss import write_rss
from app.formats.uuids import feed_uuid
from tests.support.builders import NASTY, make_event_document

API = "https://example.org/v1"


def _feed(*events: EventDocument, **fields: Any) -> Feed:
    given = {
        "id": feed_uuid("/v1/events.atom?"),
        "title": "Timeline – Type: Visit",
        "language": Language.EN,
        "by_added": True,
        "events": events,
        "tag_names": {"dialogue": LanguageMap(en="Dialogue", ru="Диалог")},
        "edited_at": {},
        "url": f"{API}/events.atom?a=1&b=2",
        "next_url": None,
        "list_page": "https://example.org/en/explore?a=1&b=2",
        "event_page": lambda event: f"{API}/events/{event}",
    }
    return Feed(**{**given, **fields})


def _atom(*events: EventDocument, **fields: Any) -> Any:
    written = write_atom(_feed(*events, **fields))
    ElementTree.fromstring(written)
    read = feedparser.parse(written)
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == "atom10"
    return read


def _rss(*events: EventDocument, **fields: Any) -> Any:
    written = write_rss(_feed(*events, **fields))
    ElementTree.fromstring(written)
    read = feedparser.parse(written)
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == "rss20"
    return read


def _jsonfeed(*events: EventDocument, **fields: Any) -> Any:
    written = json.loads(write_jsonfeed(_feed(*events, **fields)))
    _check_json_feed(written)
    return written


def _check_json_feed(feed: Any) -> None:
    """Check the keys that JSON Feed 1.1 requires, and the types of all that it defines."""
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    urls = ("home_page_url", "feed_url", "next_url")
    assert all(feed[key].startswith("https://") for key in urls if key in feed)
    assert isinstance(feed["title"], str) and isinstance(feed["items"], list)
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert isinstance(item["content_html"], str)
        for key in ("date_published", "date_modified"):
            assert datetime.fromisoformat(item[key]).tzinfo
        assert all(isinstance(tag, str) for tag in item["tags"])


class TestAtom:
    def test_an_entry_has_every_field(self) -> None:
        event = make_event_document(
            created_at="2026-11-20T12:00:00Z", tags=["dialogue"], date="2024-06~"
        )

        read = _atom(event)

        (entry,) = read.entries
        assert UUID(entry.id.removeprefix("urn:uuid:")).version == 5
        assert entry.title == "Talks"
        assert entry.published == "2026-11-20T12:00:00+00:00"
        assert entry.updated == read.feed.updated == "2026-11-21T12:00:00+00:00"
        assert [(link.rel, link.href) for link in entry.links] == [
            ("alternate", f"{API}/events/2024-11-01-talks"),
            ("via", "https://example.org/tass-1"),
        ]
        assert [(tag.term, tag.label) for tag in entry.tags] == [
            ("meeting", "Meeting"),
            ("consultations", "Consultations"),
            ("dialogue", "Dialogue"),
        ]
        assert "about June 2024" in entry.content[0].value

    def test_the_name_of_a_tag_is_in_the_language(self) -> None:
        (entry,) = _atom(make_event_document(tags=["dialogue"]), language=Language.RU).entries

        assert (entry.tags[-1].term, entry.tags[-1].label) == ("dialogue", "Диалог")

    def test_a_tag_of_an_older_state_has_its_id(self) -> None:
        (entry,) = _atom(make_event_document(tags=["dialogue"]), tag_names={}).entries

        assert entry.tags[-1].label == "dialogue"

    def test_the_feed_describes_itself(self) -> None:
        read = _atom(next_url=f"{API}/events.atom?a=1&b=2&cursor=x")

        assert read.feed.id == "urn:uuid:" + str(feed_uuid("/v1/events.atom?"))
        assert (read.feed.title, read.feed.author, read.feed.subtitle) == (
            "Timeline – Type: Visit",
            "Russia–DPRK Timeline",
            "The events added last",
        )
        assert {link.rel: link.href for link in read.feed.links} == {
            "alternate": "https://example.org/en/explore?a=1&b=2",
            "self": f"{API}/events.atom?a=1&b=2",
            "next": f"{API}/events.atom?a=1&b=2&cursor=x",
        }

    def test_without_events_its_bytes_never_change(self) -> None:
        read = _atom()

        assert read.entries == []
        assert read.feed.updated == "1970-01-01T00:00:00+00:00"
        assert read.feed.author

    def test_was_updated_when_its_newest_entry_was(self) -> None:
        older = make_event_document("2024-11-02-talks", updated_at="2026-11-22T12:00:00Z")

        assert _atom(make_event_document(), older).feed.updated == "2026-11-22T12:00:00+00:00"

    def test_texts_are_not_markup(self) -> None:
        event = make_event_document(title={"en": NASTY}, summary={"en": NASTY})

        (entry,) = _atom(event).entries

        assert entry.title_detail.type == "text/plain"
        assert "<script" not in entry.content[0].value
        assert "&lt;script&gt;" in entry.content[0].value
        # feedparser reads U+0085 as the Windows character; XML excludes U+FFFE and U+FFFF.
        title = ElementTree.fromstring(write_atom(_feed(event))).find(".//{*}entry/{*}title")
        assert title is not None
        assert title.text == NASTY.replace("\ufffe\uffff", "\ufffd\ufffd")


class TestRss:
    def test_an_item_has_every_field(self) -> None:
        event = make_event_document(
            created_at="2026-11-20T12:00:00Z", tags=["dialogue"], date="2024-06~"
        )

        (item,) = _rss(event, language=Language.RU).entries

        (entry,) = _atom(event, language=Language.RU).entries
        # The id is no address: readers do not follow it.
        assert (item.id, item.guidislink, item.link) == (entry.id, False, entry.link)
        assert item.title == entry.title
        assert item.published == "Fri, 20 Nov 2026 12:00:00 +0000"
        assert item.updated == entry.updated
        assert [tag.term for tag in item.tags] == [tag.label for tag in entry.tags]
        assert "около июня 2024 года" in item.description

    def test_the_feed_describes_itself(self) -> None:
        read = _rss(next_url=f"{API}/events.rss?a=1&b=2&cursor=x", language=Language.KO)

        assert (read.feed.title, read.feed.description, read.feed.language) == (
            "Timeline – Type: Visit",
            "최근 추가된 사건",
            "ko",
        )
        assert {link.rel: link.href for link in read.feed.links} == {
            "alternate": "https://example.org/en/explore?a=1&b=2",
            "self": f"{API}/events.atom?a=1&b=2",
            "next": f"{API}/events.rss?a=1&b=2&cursor=x",
        }

    def test_without_events_its_bytes_never_change(self) -> None:
        channel = ElementTree.fromstring(write_rss(_feed())).find("channel")

        assert channel is not None and channel.find("item") is None
        assert channel.findtext("lastBuildDate") == "Thu, 01 Jan 1970 00:00:00 +0000"

    def test_texts_are_not_markup(self) -> None:
        event = make_event_document(title={"en": NASTY}, summary={"en": NASTY})

        item = ElementTree.fromstring(write_rss(_feed(event))).find("channel/item")

        assert item is not None
        assert item.findtext("title") == NASTY.replace("\ufffe\uffff", "\ufffd\ufffd")
        assert "&lt;script&gt;" in (item.findtext("description") or "")
        assert "<script" not in _rss(event).entries[0].description


class TestJsonFeed:
    def test_an_item_has_every_field(self) -> None:
        event = make_event_document(created_at="2026-11-20T12:00:00Z", tags=["dialogue"])

        feed = _jsonfeed(event, language=Language.FR)

        (item,) = feed["items"]
        content = item.pop("content_html")
        assert item == {
            "id": _atom(event).entries[0].id,
            "url": f"{API}/events/2024-11-01-talks",
            "external_url": "https://example.org/tass-1",
            "title": "Entretiens",
            "summary": "Rencontre (Consultations)\N{NO-BREAK SPACE}: sergey-lavrov, choe-son-hui",
            "date_published": "2026-11-20T12:00:00Z",
            "date_modified": "2026-11-21T12:00:00Z",
            "tags": ["meeting", "consultations", "dialogue"],
            "language": "fr",
        }
        assert '<a href="https://example.org/tass-1">TASS</a>' in content

    def test_the_feed_describes_itself(self) -> None:
        feed = _jsonfeed(by_added=False, next_url=f"{API}/events.jsonfeed?cursor=x")

        assert feed == {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Timeline – Type: Visit",
            "description": "Events by their date, the newest first",
            "home_page_url": "https://example.org/en/explore?a=1&b=2",
            "feed_url": f"{API}/events.atom?a=1&b=2",
            "next_url": f"{API}/events.jsonfeed?cursor=x",
            "language": "en",
            "authors": [{"name": "Russia–DPRK Timeline"}],
            "items": [],
        }

    def test_unknown_values_are_left_out(self) -> None:
        event = make_event_document()
        event.sources[0].url = None

        feed = _jsonfeed(event)

        assert "next_url" not in feed
        assert "external_url" not in feed["items"][0]

    def test_texts_are_not_markup(self) -> None:
        event = make_event_document(title={"en": NASTY}, summary={"en": NASTY})

        (item,) = _jsonfeed(event)["items"]

        assert item["title"] == NASTY
        assert "<script" not in item["content_html"]


@pytest.mark.parametrize(
    "url", ["https://x.example/'onclick='alert(1)", "https://x.example/?a&b&lt;"]
)
def test_an_address_stays_in_its_attribute(url: str) -> None:
    event = make_event_document()
    event.sources[0].url = url

    content = _jsonfeed(event)["items"][0]["content_html"]

    anchor = ElementTree.fromstring(f"<x>{content.replace('<br>', '<br/>')}</x>").find(".//a")
    assert anchor is not None and anchor.attrib == {"href": url}
    assert [link.href for link in _atom(event).entries[0].links][1:] == [url]
