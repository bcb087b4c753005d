"""The description of an event for people, as plain text and as HTML.

It shows the texts that the event has in the language, and none in another one: a reader of Russian gets
the kind of act and the people instead of an English summary. Only names may be in English.
"""

from collections.abc import Iterator
from html import escape

from app.documents.entities.event import CitationDocument, EventDocument, ParticipationDocument
from app.domain.languages import Language, own_text, text_in
from app.domain.vocabulary import EventStatus
from app.formats.phrases import WORDS, label, sign


def plain_text(language: Language, event: EventDocument) -> str:
    """Return abstract, status, date, places, note and sources, each on a separate line."""
    sources = (" ".join(filter(None, [_name(language, s), s.url])) for s in event.sources)
    heading = f"{WORDS[language].sources}{sign(language, ':')}"
    lines = [abstract(language, event), "", *_facts(language, event), "", heading, *sources]
    return "\n".join(lines)


def html(language: Language, event: EventDocument) -> str:
    """Return abstract, status, date, places, note, and sources as links; every text is escaped.

    Each paragraph, fact and source begins a line: a reader that only deletes tags joins no words.
    A tag, and no text, begins each line after the first: rss-parser 3.13 deletes a text that follows
    a tag and a line feed.
    """
    facts = "\n<br>".join(escape(fact) for fact in _facts(language, event))
    sources = "\n".join(f"<li>{_link(language, source)}</li>" for source in event.sources)
    return (
        f"<p>{escape(abstract(language, event))}</p>\n<p>{facts}</p>\n"
        f"<p>{escape(WORDS[language].sources)}{sign(language, ':')}</p>\n<ul>{sources}</ul>"
    )


def abstract(language: Language, event: EventDocument) -> str:
    """Return the summary in the language; without one, the kind of act and who took part."""
    summary = own_text(language, event.summary)
    if summary is not None:
        return summary
    people = ", ".join(_person(language, part) for part in event.participants)
    act = f"{label(language, event.type)} ({label(language, event.subtype)})"
    return f"{act}{sign(language, ':')} {people}"


def places(language: Language, event: EventDocument) -> str | None:
    """Return the place of the event, or the places of a journey in order; None if it has none."""
    if event.place is None:
        return None
    return " – ".join(text_in(language, p.name) for p in [event.place, *event.further_places])


def _person(language: Language, part: ParticipationDocument) -> str:
    name = text_in(language, part.name)
    office = own_text(language, part.office.name) if part.office else None
    return name if office is None else f"{name} ({office})"


def _facts(language: Language, event: EventDocument) -> Iterator[str]:
    words, colon = WORDS[language], sign(language, ":")
    if event.status is not EventStatus.OCCURRED:
        yield f"{words.status}{colon} {label(language, event.status)}"
    yield f"{words.date}{colon} {text_in(language, event.date_text)}"
    if (names := places(language, event)) is not None:
        yield f"{words.place}{colon} {names}"
    # The editors write their notes in English.
    if event.note is not None and language is Language.EN:
        yield f"Note: {event.note}"


def _name(language: Language, source: CitationDocument) -> str:
    publisher = source.publisher or source.agency
    return source.id if publisher is None else text_in(language, publisher.name)


def _link(language: Language, source: CitationDocument) -> str:
    name = escape(_name(language, source))
    return name if source.url is None else f'<a href="{escape(source.url)}">{name}</a>'
