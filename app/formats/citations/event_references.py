"""The references of events: the entry of the timeline itself, and each source that it cites."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from app.documents.entities.event import CitationDocument, EventDocument
from app.domain.date_text import date_text
from app.domain.languages import Language, language_of, text_in
from app.domain.vocabulary import PublisherKind
from app.formats.citations.known_date import known_date
from app.formats.citations.reference import BibliographicReference, Genre
from app.formats.phrases import WORDS, sign
from app.formats.text import abstract

PublisherKinds = Mapping[str, PublisherKind]
# The houses whose texts are news. A broadcaster or a state medium also publishes films and speeches.
_NEWS: Final = (PublisherKind.AGENCY, PublisherKind.NEWSPAPER)


def event_references(
    events: Iterable[EventDocument],
    language: Language,
    kinds: PublisherKinds,
    addresses: Callable[[EventDocument], tuple[str, str]],
) -> Iterator[BibliographicReference]:
    """Yield the reference of each event, and then of its sources that no event before it cites.

    `addresses` returns the permanent addresses of an event's entry: its page, and the API's.
    """
    cited: set[str] = set()
    for event in events:
        yield _entry(event, language, *addresses(event))
        for source in event.sources:
            if source.id not in cited:
                cited.add(source.id)
                yield _source(source, language, kinds)


def _entry(
    event: EventDocument, language: Language, page: str, api_url: str
) -> BibliographicReference:
    words, colon = WORDS[language], sign(language, ":")
    return BibliographicReference(
        key=f"event-{event.id}",
        genre=Genre.WEB_PAGE,
        title=text_in(language, event.title),
        language=language_of(language, event.title),
        container=words.title,
        # The timeline published this revision then. The date of the event is another one.
        published=known_date(event.updated_at.date().isoformat()),
        event_date=known_date(event.date),
        url=page,
        version=str(event.revision),
        abstract=abstract(language, event),
        notes=(
            f"{words.date_of_event}{colon} {text_in(language, event.date_text)}",
            f"{words.sources}{colon} {', '.join(_key(source) for source in event.sources)}",
            f"{words.api_address}{colon} {api_url}",
        ),
    )


def _source(
    source: CitationDocument, language: Language, kinds: PublisherKinds
) -> BibliographicReference:
    agency, publisher = source.agency, source.publisher
    return BibliographicReference(
        key=_key(source),
        genre=_genre(source, kinds),
        title=source.title or _supplied_title(source, language),
        language=source.language,
        author=text_in(language, agency.name) if agency else None,
        container=text_in(language, publisher.name) if publisher else None,
        published=known_date(source.published),
        url=source.url,
        archived_url=source.archived_url,
    )


def _key(source: CitationDocument) -> str:
    # The prefix keeps keys unique: an event and a source may have the same id.
    return f"source-{source.id}"


def _genre(source: CitationDocument, kinds: PublisherKinds) -> Genre:
    publisher = source.publisher or source.agency
    kind = kinds.get(publisher.id) if publisher else None
    if kind in _NEWS:
        return Genre.NEWS_ARTICLE
    if kind is PublisherKind.ARCHIVE:
        return Genre.ARCHIVE_DOCUMENT
    return Genre.DOCUMENT if source.url is None else Genre.WEB_PAGE


def _supplied_title(source: CitationDocument, language: Language) -> str:
    """Return who published the text, and when, in the brackets of a title that is not the work's."""
    houses = [text_in(language, house.name) for house in (source.agency, source.publisher) if house]
    when = [date_text(language, source.published)] if source.published else []
    return f"[{', '.join([*dict.fromkeys(houses), *when]) or source.id}]"
