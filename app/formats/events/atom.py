"""A page of an Atom feed (RFC 4287, RFC 5005)."""

from datetime import datetime
from io import StringIO
from typing import Any

from feedgenerator import Atom1Feed

from app.documents.entities.event import EventDocument
from app.domain.languages import text_in
from app.formats.events.feed import Feed, latest_update
from app.formats.phrases import label
from app.formats.text import html
from app.formats.uuids import event_uuid
from app.formats.xml_text import xml_bytes


class _AtomFeed(Atom1Feed):  # type: ignore[misc]  # the library has no types
    """The library's feed with a link to the next page, the sources, and labels of categories."""

    def latest_post_date(self) -> datetime:
        """Return the latest `updated` of the entries."""
        return latest_update(self.items)

    def add_root_elements(self, handler: Any) -> None:
        """Add the link to the next page to the feed's elements."""
        super().add_root_elements(handler)
        if self.feed["next_url"] is not None:
            handler.addQuickElement("link", "", {"rel": "next", "href": self.feed["next_url"]})

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Add the links to the sources and the categories to an entry's elements."""
        super().add_item_elements(handler, item)
        for url in item["sources"]:
            handler.addQuickElement("link", "", {"rel": "via", "href": url})
        for term, name in item["terms"]:
            handler.addQuickElement("category", "", {"term": term, "label": name})


def write_atom(feed: Feed) -> bytes:
    """Return the feed as XML."""
    atom = _AtomFeed(
        title=feed.title,
        subtitle=feed.subtitle,
        description=None,
        link=feed.list_page,
        feed_url=feed.url,
        next_url=feed.next_url,
        feed_guid=feed.id.urn,
        author_name=feed.author,
        language=feed.language,
    )
    for event in feed.events:
        _add_entry(atom, feed, event)
    out = StringIO()
    atom.write(out, "utf-8")
    return xml_bytes(out.getvalue())


def _add_entry(atom: _AtomFeed, feed: Feed, event: EventDocument) -> None:
    words = (event.type, event.subtype)
    atom.add_item(
        title=text_in(feed.language, event.title),
        link=feed.event_url(event),
        description=None,
        content=html(feed.language, event),
        unique_id=event_uuid(event.id).urn,
        pubdate=event.created_at,
        updateddate=feed.modified_at(event),
        sources=[source.url for source in event.sources if source.url is not None],
        terms=[
            *((word, label(feed.language, word)) for word in words),
            *((tag, feed.tag_name(tag)) for tag in event.tags),
        ],
    )
