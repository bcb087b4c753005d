"""Evidence as W3C Web Annotations: a body (fields of an event) about a target (a span of a source).

The model is https://www.w3.org/TR/annotation-model/; `article`, `basis`, `digest` and `note` are
extensions.
"""

from typing import Literal

from pydantic import Field

from app.documents.entities.base import DocumentPart
from app.documents.entities.event import CitationDocument, EventDocument, EvidenceDocument
from app.documents.pages import PageInfo
from app.domain.values import Sha256
from app.domain.vocabulary import EvidenceBasis


class JsonPointerSelector(DocumentPart):
    """Selects a field of a JSON document by its JSON pointer."""

    type: Literal["FragmentSelector"] = "FragmentSelector"
    conforms_to: Literal["http://tools.ietf.org/rfc/rfc6901"] = Field(
        default="http://tools.ietf.org/rfc/rfc6901", alias="conformsTo"
    )
    value: str = Field(examples=["/date"])


class AnnotationBody(DocumentPart):
    """A field of the event that the span supports."""

    type: Literal["SpecificResource"] = "SpecificResource"
    source: str = Field(description="URL of the event.")
    selector: JsonPointerSelector


class TextPositionSelector(DocumentPart):
    """Selects a span of the article's text, counted in Unicode code points; `end` is excluded."""

    type: Literal["TextPositionSelector"] = "TextPositionSelector"
    start: int
    end: int


class AnnotationTarget(DocumentPart):
    """A span of a source's text."""

    type: Literal["SpecificResource"] = "SpecificResource"
    source: str = Field(description="URL of the source.")
    article: str | None = Field(
        description="File name of the article's text, without `.txt`; null if it is not on file. "
        "The selector applies to this text."
    )
    selector: TextPositionSelector | None = Field(
        description="The span of the article; null if the source names no article: `digest` alone then "
        "identifies the words."
    )


class Annotation(DocumentPart):
    """A span of a source that supports fields of an event."""

    context: Literal["http://www.w3.org/ns/anno.jsonld"] = Field(
        default="http://www.w3.org/ns/anno.jsonld", alias="@context"
    )
    id: str
    type: Literal["Annotation"] = "Annotation"
    motivation: Literal["identifying"] = "identifying"
    body: list[AnnotationBody]
    target: AnnotationTarget
    basis: EvidenceBasis
    digest: Sha256 = Field(description="SHA-256 of the span's UTF-8 bytes.")
    note: str | None = Field(
        description="How the editors inferred the fields; null if there is nothing to explain."
    )


class AnnotationPage(DocumentPart):
    """All the evidence of one event."""

    items: list[Annotation]
    page: PageInfo


def annotations(event: EventDocument, api_url: str) -> list[Annotation]:
    """Return the evidence of an event, in the order of its citations; `api_url` ends in `/v1`."""
    return [
        _annotation(event, citation, evidence, number, api_url)
        for citation in event.sources
        for number, evidence in enumerate(citation.evidence, start=1)
    ]


def _annotation(
    event: EventDocument,
    citation: CitationDocument,
    evidence: EvidenceDocument,
    number: int,
    api_url: str,
) -> Annotation:
    event_url = f"{api_url}/events/{event.id}"
    span = evidence.selector
    return Annotation(
        id=f"{event_url}/evidence#{citation.id}-{number}",
        body=[
            AnnotationBody(source=event_url, selector=JsonPointerSelector(value=f"/{field}"))
            for field in evidence.supports
        ],
        target=AnnotationTarget(
            source=f"{api_url}/sources/{citation.id}",
            article=citation.article,
            selector=TextPositionSelector(start=span.start, end=span.end) if span else None,
        ),
        basis=evidence.basis,
        digest=evidence.digest,
        note=evidence.note,
    )
