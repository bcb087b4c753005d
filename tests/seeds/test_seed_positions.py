"""The positions of persons in the seeds, and their dates."""

from datetime import date
from itertools import combinations

from app.domain.dates import Bounds, parse_edtf
from app.domain.vocabulary import EventStatus, Role
from app.records.models import EventRecord, ParticipantRecord
from app.records.models.participant import PositionRecord
from tests.support.seed_records import list_seeds


def _held(position: PositionRecord, during: Bounds) -> bool:
    """Whether the position may overlap the dates of an event; true for an undated position."""
    begin = parse_edtf(position.held_from).start_earliest if position.held_from else date.min
    end = parse_edtf(position.held_to).end_latest if position.held_to else date.max
    return begin <= during.end_latest and during.start_earliest <= end


def test_the_capacity_in_an_event_fits_the_dates_of_the_position() -> None:
    """Honourees are exempt: they may take up the office later, or may be dead."""
    positions = {each.id: each.positions for each in list_seeds(ParticipantRecord)}
    events = list_seeds(EventRecord)
    for event in (each for each in events if each.status is EventStatus.OCCURRED):
        during = parse_edtf(event.date)
        for part in (each for each in event.participants if each.role is not Role.HONOUREE):
            office = [each for each in positions[part.id] if each.title == part.capacity]
            assert not office or any(_held(each, during) for each in office), (event.id, part.id)


def test_two_positions_with_one_title_do_not_overlap() -> None:
    for participant in list_seeds(ParticipantRecord):
        for one, other in combinations(participant.positions, 2):
            if one.title == other.title:
                assert one.held_to and other.held_from, participant.id
                assert one.held_to < other.held_from, participant.id
