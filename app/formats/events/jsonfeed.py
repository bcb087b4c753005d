"""A page of a JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from typing import Literal

from pydantic import MISSING, AwareDatetime, Field

from app.documents.entities.base import DocumentPart, SparseDocumentPart
from app.documents.entities.event import EventDocument
from app.domain.languages import Language, language_of, text_in
from app.domain.values import Url
from app.formats.events.feed import Feed
from app.formats.text import abstract, html
from app.formats.uuids import event_uuid


class JsonFeedAuthor(DocumentPart):
    """The publisher of the feed."""

    name: str


class JsonFeedItem(SparseDocumentPart):
    """An event."""

    id: str = Field(description="The same on every server and in the other feeds.")
    url: Url = Field(description="The event's page.")
    external_url: Url | MISSING = Field(default=MISSING, description="The first source's URL.")
    title: str
    summary: str = Field(
        description="The event's summary; the kind of act and who took part, if the feed's language has "
        "none."
    )
    content_html: str = Field(description="Summary, date, place, note and sources.")
    date_published: AwareDatetime = Field(description="When the event was added.")
    date_modified: AwareDatetime = Field(description="When its document was last changed.")
    tags: list[str] = Field(description="Type, subtype and tags.")
    language: Language = Field(description="The title's language: English if it has no other.")


class JsonFeed(SparseDocumentPart):
    """Events as a feed; `next_url` is absent on the last page."""

    version: Literal["https://jsonfeed.org/version/1.1"]
    title: str
    description: str
    home_page_url: Url = Field(description="The page of the same list.")
    feed_url: Url
    next_url: Url | MISSING = MISSING
    language: Language
    authors: list[JsonFeedAuthor]
    items: list[JsonFeedItem]


def write_jsonfeed(feed: Feed) -> bytes:
    """Return the feed as JSON."""
    document = JsonFeed(
        version="https://jsonfeed.org/version/1.1",
        title=feed.title,
        description=feed.subtitle,
        home_page_url=feed.list_page,
        feed_url=feed.url,
        next_url=MISSING if feed.next_url is None else feed.next_url,
        language=feed.language,
        authors=[JsonFeedAuthor(name=feed.author)],
        items=[_item(feed, event) for event in feed.events],
    )
    return document.model_dump_json().encode()


def _item(feed: Feed, event: EventDocument) -> JsonFeedItem:
    return JsonFeedItem(
        id=event_uuid(event.id).urn,
        url=feed.event_url(event),
        external_url=next((s.url for s in event.sources if s.url is not None), MISSING),
        title=text_in(feed.language, event.title),
        summary=abstract(feed.language, event),
        content_html=html(feed.language, event),
        date_published=event.created_at,
        date_modified=feed.modified_at(event),
        tags=[event.type, event.subtype, *event.tags],
        language=language_of(feed.language, event.title),
    )
