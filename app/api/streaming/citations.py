"""The formats of citations, and the references of events that their routes send."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, NamedTuple

from fastapi import Response
from sqlalchemy import Connection

from app.api.dependencies.language import AnswerLanguage
from app.api.dependencies.reader import Reader
from app.api.http.media_types import BibTex, CslJson, Ris
from app.api.streaming.csv_files import attachment
from app.documents.entities.event import EventDocument
from app.domain.languages import Language
from app.formats.citations.bibtex import write_bibtex
from app.formats.citations.csl_json import write_csl_json
from app.formats.citations.event_references import event_references
from app.formats.citations.reference import BibliographicReference
from app.formats.citations.ris import write_ris
from app.formats.standards import CslItems
from app.reading.publisher_kinds import publisher_kinds


class CitationFormat(NamedTuple):
    """A format of citations: the end of its paths, its answer, and its writer."""

    extension: str
    name: str
    answer: type[Response]
    write: Callable[[Iterable[BibliographicReference]], Iterator[bytes]]
    model: Any = None

    def operation(self, verb: str) -> str:
        """Return the id of an operation that answers in this format."""
        return f"{verb}_{self.extension.replace('.', '_')}"

    def answer_file(
        self,
        reader: Reader,
        references: Iterable[BibliographicReference],
        language: AnswerLanguage,
    ) -> Response:
        """Return the answer with a few references, as a file."""
        headers = attachment(reader) | language.headers
        content = b"".join(self.write(references))
        return Response(content, headers=headers, media_type=self.answer.media_type)


FORMATS: Final = (
    CitationFormat("ris", "RIS", Ris, write_ris),
    CitationFormat("bib", "BibTeX", BibTex, write_bibtex),
    CitationFormat("csl.json", "CSL-JSON", CslJson, write_csl_json, CslItems),
)


def citer(
    reader: Reader, connection: Connection, language: Language
) -> Callable[[Iterable[EventDocument]], Iterator[BibliographicReference]]:
    """Return the function that makes references of events."""
    kinds = publisher_kinds(connection)
    urls, state_query = reader.urls, reader.urls.state_query

    def below(url: str, event: EventDocument) -> str:
        url = f"{url}/events/{event.id}"
        return f"{url}?{state_query}" if state_query else f"{url}/revisions/{event.revision}"

    def addresses(event: EventDocument) -> tuple[str, str]:
        return below(f"{urls.root_url}/{language}", event), below(urls.api_url, event)

    return lambda events: event_references(events, language, kinds, addresses)
