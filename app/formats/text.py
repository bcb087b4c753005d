"""The description of an event for people, as plain text and as HTML."""

from collections.abc import Iterator
from html import escape

from app.documents.entities.event import CitationDocument, EventDocument
from app.domain.languages import Language, text_in
from app.domain.vocabulary import EventStatus
from app.formats.phrases import WORDS, label


def plain_text(language: Language, event: EventDocument) -> str:
    """Return summary, status, date, place, note and sources, each on a separate line."""
    sources = (" ".join(filter(None, [_name(each), each.url])) for each in event.sources)
    heading = f"{WORDS[language].sources}:"
    lines = [text_in(language, event.summary), "", *_facts(language, event), "", heading, *sources]
    return "\n".join(lines)


def html(language: Language, event: EventDocument) -> str:
    """Return summary, status, date, place, note, and the sources as links; every text is escaped."""
    facts = "<br>".join(escape(fact) for fact in _facts(language, event))
    sources = "".join(f"<li>{_link(source)}</li>" for source in event.sources)
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
        yield f"{words.place}: {text_in(language, event.place.name)}"
    if event.note is not None:
        yield f"{words.note}: {event.note}"


def _name(source: CitationDocument) -> str:
    return source.publisher or source.agency or source.id


def _link(source: CitationDocument) -> str:
    name = escape(_name(source))
    return name if source.url is None else f'<a href="{escape(source.url)}">{name}</a>'
