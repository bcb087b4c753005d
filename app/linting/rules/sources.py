"""The rule on confidence: how many houses report an event, and whether one of them is official."""

from collections.abc import Iterator
from typing import Final

from app.domain.plural import counted
from app.domain.vocabulary import Confidence, EventStatus, PublisherKind
from app.linting.index import RecordIndex
from app.linting.rule import Breach, Rule
from app.records.models import EventRecord, PublisherRecord


def _confidence(index: RecordIndex) -> Iterator[Breach]:
    for event in index.events.values():
        cited = [index.sources.get(citation.source) for citation in event.sources]
        found = [(source.id, index.house(source)) for source in cited if source]
        # A source without a publisher is a house by itself.
        houses = {house or f"the source {id_}" for id_, house in found}
        official = any(_is_official(event, index.publishers.get(house)) for house in houses)
        if event.confidence is Confidence.HIGH:
            wrong = len(houses) == 1 and not official
            wanted = "write medium, or cite another house or an official source"
        else:
            wrong = len(houses) > 1 and event.status is EventStatus.OCCURRED
            wanted = "write high, or give the reason for doubt"
        if wrong:
            text = f"{event.confidence} on {counted(len(houses), 'independent source')}: {wanted}"
            yield Breach(event, "/confidence", text)


def _is_official(event: EventRecord, house: PublisherRecord | None) -> bool:
    """Whether the house is an archive of documents, or of a state on one of the event's sides."""
    if house is None:
        return False
    sides = {part.side for part in event.participants}
    # Houses of Russia were Soviet before.
    sides |= {"RU"} if "SU" in sides else set()
    of_state = house.state is True or house.kind is PublisherKind.GOVERNMENT
    return house.kind is PublisherKind.ARCHIVE or (of_state and house.country in sides)


RULES: Final = (
    Rule(
        "confidence",
        "`high` rests on two independent houses, or on an official one: a house of a state, such as its "
        "government or its agency, on one of the event's sides, or an archive with the document. An "
        "event that occurred has `medium` or `low` only if one house reports it.",
        "The word must mean the same for each event. Papers with the text of one agency are one house.",
        _confidence,
    ),
)
