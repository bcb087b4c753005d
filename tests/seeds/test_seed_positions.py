"""The offices that persons of the seeds held, and when."""

from datetime import date
from itertools import combinations

from app.domain.dates import Bounds, parse_edtf
from app.domain.vocabulary import EventStatus, Role
from app.records.models import EventRecord, ParticipantRecord
from app.records.models.participant import PositionRecord
from tests.support.seed_records import list_persons, list_seeds, page_on_coverage


def _held(position: PositionRecord, during: Bounds) -> bool:
    """Whether the position can have been held at some time of an event; true of one undated."""
    begun = parse_edtf(position.held_from).start_earliest if position.held_from else date.min
    ended = parse_edtf(position.held_to).end_latest if position.held_to else date.max
    return begun <= during.end_latest and during.start_earliest <= ended


def test_an_office_of_an_event_is_within_its_dates() -> None:
    """Not of those honoured: they may be about to take it up, or have died."""
    positions = {each.id: each.positions for each in list_seeds(ParticipantRecord)}
    events = list_seeds(EventRecord)
    for event in (each for each in events if each.status is EventStatus.OCCURRED):
        during = parse_edtf(event.date)
        for part in (each for each in event.participants if each.role is not Role.HONOUREE):
            office = [each for each in positions[part.id] if each.title == part.capacity]
            assert not office or any(_held(each, during) for each in office), (event.id, part.id)


def test_no_office_is_held_twice_at_once() -> None:
    for participant in list_seeds(ParticipantRecord):
        for one, other in combinations(participant.positions, 2):
            if one.title == other.title:
                assert one.held_to and other.held_from, participant.id
                assert one.held_to < other.held_from, participant.id


def test_the_page_on_coverage_counts_positions_right() -> None:
    persons = list_persons()
    unknown = sum(not each.positions for each in persons)
    undated = [not (p.held_from or p.held_to) for each in persons for p in each.positions]

    assert (
        f"{unknown} of {len(persons)} persons have no position on record, and {sum(undated)} of "
        f"{len(undated)} positions no dates"
    ) in page_on_coverage()
