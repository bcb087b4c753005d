"""The reference of the dataset, or of the events that match a query, in one state of the data."""

from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from app.domain import dataset
from app.domain.instants import rfc3339
from app.domain.languages import Language
from app.formats.citations.known_date import known_date
from app.formats.citations.reference import BibliographicReference, Genre
from app.formats.phrases import WORDS, sign
from app.tables.log import DataState


class CitedQuery(NamedTuple):
    """A query with its answer: the filters, the number of events, and the permanent addresses of its page and of the API.

    Without filters it is the whole dataset.
    """

    filters: Sequence[tuple[str, str]]
    events: int
    url: str
    api_url: str
    release: str | None


def query_reference(
    query: CitedQuery, state: DataState | None, language: Language
) -> BibliographicReference:
    """Return the reference of a query's answer; `state` is None before the first write."""
    words, colon = WORDS[language], sign(language, ":")
    filters = ", ".join(f"{name}={value}" for name, value in query.filters)
    notes = [f"{words.events}{colon} {query.events}"]
    if state is not None:
        notes.append(f"{words.change}{colon} {state.seq} ({rfc3339(state.at)})")
        notes.append(f"{words.log_digest}{colon} {state.digest}")
    notes.append(f"{words.api_address}{colon} {query.api_url}")
    return BibliographicReference(
        key=_key(filters, state),
        genre=Genre.DATASET,
        title=f"{words.title} [{filters}]" if filters else words.title,
        language=language,
        container=words.title,
        # The instant of the state, and not of the request: the answer never changes.
        published=state and known_date(state.at.date().isoformat()),
        url=query.url,
        version=query.release or (state and str(state.seq)),
        notes=tuple(notes),
    )


def _key(filters: str, state: DataState | None) -> str:
    """Return a key that differs for each state and each query, and is the same on every server."""
    digest = sha256(filters.encode()).hexdigest()[:8] if filters else "all"
    return f"{dataset.NAME}-{state.seq if state else 0}-{digest}"
