"""The document of coverage: how well each year is documented, and the facts known to be missing."""

from pydantic import ConfigDict, Field

from app.documents.entities.base import DocumentPart
from app.domain.values import EdtfText, LanguageMap


class KnownGap(DocumentPart):
    """Something that happened, as the editors know, and that the timeline lacks."""

    model_config = ConfigDict(extra="forbid")

    date: EdtfText = Field(examples=["1982/1985"])
    text: LanguageMap


class CoverageYear(DocumentPart):
    """The events that began in one year, and their sources."""

    year: int = Field(ge=1, le=9999, examples=[1961])
    events: int = Field(ge=0, description="Number of events that began, or may have begun, in it.")
    events_of_one_source: int = Field(
        ge=0, description="Number of these events that one independent source reports."
    )
    sources: int = Field(ge=0, description="Number of sources that report these events.")
    independent_sources: int = Field(
        ge=0, description="Number of independent sources; sources of one `house` count once."
    )
    thin: bool = Field(
        description="Whether the year has fewer than half of the events of the median year among the "
        "ten before and the ten after it."
    )


class Coverage(DocumentPart):
    """How well each year is documented. A missing event is no evidence that nothing happened."""

    events: int = Field(ge=0, description="Number of all events.")
    sources: int = Field(ge=0, description="Number of all sources of events.")
    independent_sources: int = Field(
        ge=0, description="Number of independent sources; sources of one `house` count once."
    )
    years: list[CoverageYear] = Field(
        description="Every year from the first with an event to the last, in order. An event that "
        "lasts for years, or whose year is uncertain, counts in the first; an event with an open start "
        "in none."
    )
    known_gaps: list[KnownGap] = Field(
        description="Facts known to be missing now, by date. The change log does not record them, so "
        "an answer about a past state has none."
    )
