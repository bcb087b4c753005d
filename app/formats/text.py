"""The description of an event for people, as plain text and as HTML."""

from collections.abc import Iterator
from html import escape

from app.documents.entities.event import CitationDocument, EventDocument
from app.domain.languages import Language, text_in
from app.domain.vocabulary import EventStatus
from app.formats.phrases import WORDS, label


def plain_text(language: Language, event: EventDocument) -> str:
    """Return summary, status, date, place, note and sources, each on a separate line."""
    sources = (" ".join(filter(None, [_name(language, s), s.url])) for s in event.sources)
    heading = f"{WORDS[language].sources}:"
    lines = [text_in(language, event.summary), "", *_facts(language, event), "", heading, *sources]
    return "\n".join(lines)


def html(language: Language, event: EventDocument) -> str:
    """Return summary, status, date, place, note, and the sources as links; every text is escaped."""
    facts = "<br>".join(escape(fact) for fact in _facts(language, event))
    sources = "".join(f"<li>{_link(language, source)}</li>" for source in event.sources)
    return (
        f"<p>{escape(text_in(language, event.summary))}</p><p>{facts}</p>"
        f"<p>{escape(WORDS[language].sources)}:</p><ul>{sources}</ul>"
    )


def _facts(language: Language, event: EventDocument) -> Iterator[str]:
    words = WORDS[language]
    if event.status is not EventStatus.OCCURRED:
        yield f"{words.status}: {label(language, event.status)}"
    yield f"{words.date}: {text_in(language, event.date_text)}"
    if event.place is not None:
        places = [event.place, *event.further_places]
        yield f"{words.place}: {' – '.join(text_in(language, place.name) for place in places)}"
    if event.note is not None:
        yield f"{words.note}: {event.note}"


def _name(language: Language, source: CitationDocument) -> str:
    publisher = source.publisher or source.agency
    return source.id if publisher is None else text_in(language, publisher.name)


def _link(language: Language, source: CitationDocument) -> str:
    name = escape(_name(language, source))
    return name if source.url is None else f'<a href="{escape(source.url)}">{name}</a>'
