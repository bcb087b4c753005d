"""The positions of persons in the seeds, and their dates."""

from datetime import date
from itertools import combinations

from app.domain.dates import Bounds, parse_edtf
from app.domain.vocabulary import EventStatus, Role
from app.records.models import EventRecord, OfficeRecord, ParticipantRecord
from app.records.models.participant import PositionRecord
from tests.support.seed_records import list_persons, list_seeds


def _bounds(begin: str | None, end: str | None) -> tuple[date, date]:
    """Return the first and last day that two optional EDTF dates allow."""
    return (
        parse_edtf(begin).start_earliest if begin else date.min,
        parse_edtf(end).end_latest if end else date.max,
    )


def _held(position: PositionRecord, during: Bounds) -> bool:
    """Whether the position may overlap the dates of an event; true for an undated position."""
    begin, end = _bounds(position.held_from, position.held_to)
    return begin <= during.end_latest and during.start_earliest <= end


def test_the_office_in_an_event_fits_the_dates_of_the_position() -> None:
    """Honourees are exempt: they may take up the office later, or may be dead."""
    positions = {each.id: each.positions for each in list_seeds(ParticipantRecord)}
    events = list_seeds(EventRecord)
    for event in (each for each in events if each.status is EventStatus.OCCURRED):
        during = parse_edtf(event.date)
        held = [each for each in event.participants if each.office]
        for part in (each for each in held if each.role is not Role.HONOUREE):
            office = [each for each in positions[part.id] if each.office == part.office]
            assert any(_held(each, during) for each in office), (event.id, part.id)


def test_a_position_lies_within_the_dates_of_its_office() -> None:
    offices = {each.id: each for each in list_seeds(OfficeRecord)}
    for person in list_persons():
        for position in (each for each in person.positions if each.office):
            office = offices[position.office or ""]
            founded, abolished = _bounds(office.founded, office.abolished)
            if position.held_from:
                assert parse_edtf(position.held_from).start_latest >= founded, person.id
            if position.held_to:
                assert parse_edtf(position.held_to).end_earliest <= abolished, person.id


def test_two_positions_in_one_office_do_not_overlap() -> None:
    for participant in list_seeds(ParticipantRecord):
        for one, other in combinations(participant.positions, 2):
            if one.title == other.title or (one.office and one.office == other.office):
                assert one.held_to and other.held_from, participant.id
                end, begin = parse_edtf(one.held_to), parse_edtf(other.held_from)
                assert end.end_earliest <= begin.start_latest, participant.id
