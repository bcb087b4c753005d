"""Rules about sources, their publishers, and the confidence that they give."""

from collections.abc import Iterator
from typing import Final

from app.domain.plural import counted
from app.domain.vocabulary import Confidence, EventStatus, PublisherKind
from app.linting.addresses import PageKey, is_archived, page_of
from app.linting.index import RecordIndex
from app.linting.rule import Breach, Rule
from app.records.models import EventRecord, PublisherRecord, SourceRecord


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


def _same_address(index: RecordIndex) -> Iterator[Breach]:
    first: dict[PageKey, SourceRecord] = {}
    for source in index.sources.values():
        if source.url is None:
            continue
        owner = first.setdefault(page_of(source.url), source)
        if owner is not source:
            text = f"the source {owner.id!r} has the same address: merge them into one"
            yield Breach(source, "/url", text, owner)


def _archived_address(index: RecordIndex) -> Iterator[Breach]:
    for source in index.sources.values():
        if source.url and is_archived(source.url):
            text = "it is a copy in an archive: write it as archived_url, and the original as url"
            yield Breach(source, "/url", text)
        if source.archived_url and not is_archived(source.archived_url):
            yield Breach(source, "/archived_url", "it is no copy in an archive: write it as url")


def _agency_itself(index: RecordIndex) -> Iterator[Breach]:
    for source in index.sources.values():
        if source.agency is not None and source.agency == source.publisher:
            text = f"it is the publisher itself, {source.publisher!r}: leave the agency out"
            yield Breach(source, "/agency", text)


def _house_that_copies(index: RecordIndex) -> Iterator[Breach]:
    for publisher in index.publishers.values():
        chain = index.houses_above(publisher.id)
        # Another rule reports a circle, which has no end.
        if len(chain) > 1 and publisher.id not in chain:
            text = f"{chain[0]!r} only copies {chain[-1]!r}: write that house"
            yield Breach(publisher, "/house", text)


RULES: Final = (
    Rule(
        "confidence",
        "`high` rests on two independent houses, or on an official one: a house of a state, such as its "
        "government or its agency, on one of the event's sides, or an archive with the document. An "
        "event that occurred has `medium` or `low` only if one house reports it.",
        "The word must mean the same for each event. Papers with the text of one agency are one house.",
        _confidence,
    ),
    Rule(
        "same-address",
        "No two sources have the address of one page, in any view and with any order of parameters.",
        "The same page counts as two sources, and an event that cites both seems to have two reports.",
        _same_address,
    ),
    Rule(
        "archived-address",
        "The address of an archived copy is in `archived_url`, and no other address is.",
        "The original tells which site published the text, and the copy that it can still be read.",
        _archived_address,
    ),
    Rule(
        "agency-apart",
        "The agency of a source is not its publisher.",
        "`agency` says that the publisher carries a text of another house.",
        _agency_itself,
    ),
    Rule(
        "house-of-copies",
        "The house of a publisher that only copies is no such publisher.",
        "Independent sources are counted by the house at the end of a chain of copies. A record that names "
        "the end shows it without the chain.",
        _house_that_copies,
    ),
)
