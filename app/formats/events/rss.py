"""A page of an RSS 2.0 feed, for readers without Atom (RSS Advisory Board, version 2.0.11)."""

from datetime import datetime
from io import StringIO
from typing import Any

from feedgenerator import Rss201rev2Feed

from app.documents.entities.event import EventDocument
from app.domain.languages import text_in
from app.formats.events.feed import Feed, latest_update
from app.formats.phrases import label
from app.formats.text import html
from app.formats.uuids import event_uuid
from app.formats.xml_text import xml_bytes


class _RssFeed(Rss201rev2Feed):  # type: ignore[misc]  # the library has no types
    """The library's feed with a link to the next page, and Atom's `updated` in each item.

    RSS has no element for an edit, and `pubDate` must not move.
    """

    def latest_post_date(self) -> datetime:
        """Return the latest `updated` of the items."""
        return latest_update(self.items)

    def add_root_elements(self, handler: Any) -> None:
        """Add the link to the next page to the channel's elements."""
        super().add_root_elements(handler)
        if self.feed["next_url"] is not None:
            link = {"rel": "next", "href": self.feed["next_url"]}
            handler.addQuickElement("atom:link", None, link)

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Add the time of the last edit to an item's elements."""
        super().add_item_elements(handler, item)
        handler.addQuickElement("atom:updated", item["updateddate"].isoformat())


def write_rss(feed: Feed) -> bytes:
    """Return the feed as XML."""
    rss = _RssFeed(
        title=feed.title,
        description=feed.subtitle,
        link=feed.list_page,
        feed_url=feed.url,
        next_url=feed.next_url,
        language=feed.language,
    )
    for event in feed.events:
        _add_item(rss, feed, event)
    out = StringIO()
    rss.write(out, "utf-8")
    return xml_bytes(out.getvalue())


def _add_item(rss: _RssFeed, feed: Feed, event: EventDocument) -> None:
    rss.add_item(
        title=text_in(feed.language, event.title),
        link=feed.event_url(event),
        description=html(feed.language, event),
        unique_id=event_uuid(event.id).urn,
        unique_id_is_permalink=False,
        pubdate=event.created_at,
        updateddate=feed.modified_at(event),
        categories=[
            *(label(feed.language, word) for word in (event.type, event.subtype)),
            *(feed.tag_name(tag) for tag in event.tags),
        ],
    )
