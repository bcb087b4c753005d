"""Rules about people: the sides for which they act, and the offices that they hold."""

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from app.domain.dates import Bounds, DateError, parse_edtf
from app.domain.vocabulary import EventStatus, Role
from app.linting.index import RecordIndex
from app.linting.rule import Breach, Rule
from app.records.models import EventRecord, ParticipantRecord
from app.records.models.event import ParticipationRecord
from app.records.models.participant import PositionRecord

# Russia is the successor of the USSR, so a person of the one may act for the other.
_SUCCESSION: Final = {"SU", "RU"}
# Day on which the USSR ceased to exist.
_END_OF_USSR: Final = parse_edtf("1991-12-26").start_earliest


def _other_side(index: RecordIndex) -> Iterator[Breach]:
    for event, number, part in _participations(index):
        who = index.participants.get(part.id)
        if who is None or who.country == part.side or {who.country, part.side} == _SUCCESSION:
            continue
        text = f"{part.id!r} is of {who.country}, and acts for {part.side}"
        yield Breach(event, f"/participants/{number}/side", text)


def _wrong_era(index: RecordIndex) -> Iterator[Breach]:
    for event, number, part in _participations(index):
        during = parse_edtf(event.date)
        late = part.side == "SU" and during.start_earliest > _END_OF_USSR
        early = part.side == "RU" and during.end_latest < _END_OF_USSR
        if late or early:
            text = f"{part.id!r} acts for {part.side} on {event.date}; the USSR ended on 1991-12-26"
            yield Breach(event, f"/participants/{number}/side", text)


def _office_of_another_country(index: RecordIndex) -> Iterator[Breach]:
    for event, number, part in _participations(index):
        country = _country(index, part.office)
        if country not in (None, part.side):
            text = f"{part.id!r} acts for {part.side}, in the office {part.office!r} of {country}"
            yield Breach(event, f"/participants/{number}/office", text)
    for person, number, position in _positions(index):
        country = _country(index, position.office)
        if country in (None, person.country) or {country, person.country} == _SUCCESSION:
            continue
        text = f"a person of {person.country} holds the office {position.office!r} of {country}"
        yield Breach(person, f"/positions/{number}/office", text)


def _office_did_not_exist(index: RecordIndex) -> Iterator[Breach]:
    for event, number, part in _participations(index):
        office = index.offices.get(part.office or "")
        # An honouree may have held it long before.
        if office is None or part.role is Role.HONOUREE:
            continue
        if not _meet(parse_edtf(event.date), _period(office.founded, office.abolished)):
            text = (
                f"{part.id!r} holds {part.office!r} on {event.date}; the office existed "
                f"{_words(office.founded, office.abolished)}"
            )
            yield Breach(event, f"/participants/{number}/office", text)
    for person, number, position in _positions(index):
        office = index.offices.get(position.office or "")
        if office is None:
            continue
        held, existed = _held(position), _period(office.founded, office.abolished)
        if held and existed and not _lies_within(held, existed):
            text = (
                f"{position.office!r} held {_words(position.held_from, position.held_to)}; the "
                f"office existed {_words(office.founded, office.abolished)}"
            )
            yield Breach(person, f"/positions/{number}/office", text)


def _office_not_held(index: RecordIndex) -> Iterator[Breach]:
    for event, number, part in _participations(index):
        person = index.participants.get(part.id)
        # An honouree may be dead; a plan may outlast the office.
        honoured = part.role is Role.HONOUREE
        if person is None or honoured or event.status is not EventStatus.OCCURRED:
            continue
        terms = [each for each in person.positions if part.office and each.office == part.office]
        during = parse_edtf(event.date)
        if terms and not any(_meet(during, _held(term)) for term in terms):
            held = " and ".join(_words(term.held_from, term.held_to) for term in terms)
            text = f"{part.id!r} holds {part.office!r} on {event.date}, but held it {held}"
            yield Breach(event, f"/participants/{number}/office", text)


def _overlapping_terms(index: RecordIndex) -> Iterator[Breach]:
    for person in index.participants.values():
        numbered = [*enumerate(person.positions)]
        for (_, one), (number, other) in combinations(numbered, 2):
            if _same_office(one, other) and _share_days(_held(one), _held(other)):
                text = (
                    f"{other.title!r} is held {_words(one.held_from, one.held_to)}, and again "
                    f"{_words(other.held_from, other.held_to)}"
                )
                yield Breach(person, f"/positions/{number}", text)


def _participations(
    index: RecordIndex,
) -> Iterator[tuple[EventRecord, int, ParticipationRecord]]:
    for event in index.events.values():
        for number, part in enumerate(event.participants):
            yield event, number, part


def _positions(index: RecordIndex) -> Iterator[tuple[ParticipantRecord, int, PositionRecord]]:
    for person in index.participants.values():
        for number, position in enumerate(person.positions):
            yield person, number, position


def _country(index: RecordIndex, office: str | None) -> str | None:
    found = index.offices.get(office or "")
    return found.country if found else None


def _same_office(one: PositionRecord, other: PositionRecord) -> bool:
    return (one.title, one.office) == (other.title, other.office)


def _held(position: PositionRecord) -> Bounds | None:
    return _period(position.held_from, position.held_to)


def _period(begin: str | None, end: str | None) -> Bounds | None:
    """Return the bounds of a period; None without a date, or if it ends before it begins."""
    if begin is None and end is None:
        return None
    try:
        return parse_edtf(f"{begin or '..'}/{end or '..'}")
    except DateError:
        return None


def _meet(during: Bounds, period: Bounds | None) -> bool:
    """Whether some day may lie in both; true for a period without dates."""
    return period is None or (
        period.start_earliest <= during.end_latest and during.start_earliest <= period.end_latest
    )


def _lies_within(inner: Bounds, outer: Bounds) -> bool:
    """Whether the one period may lie within the other."""
    return inner.start_latest >= outer.start_earliest and inner.end_earliest <= outer.end_latest


def _share_days(one: Bounds | None, other: Bounds | None) -> bool:
    """Whether two terms certainly overlap by more than a day of handing over."""
    if one is None or other is None:
        return True
    return one.start_latest < other.end_earliest and other.start_latest < one.end_earliest


def _words(begin: str | None, end: str | None) -> str:
    return " ".join(
        part for part in (f"from {begin}" if begin else "", f"to {end}" if end else "") if part
    )


RULES: Final = (
    Rule(
        "side-of-country",
        "A participant acts for the side of its own country; Russia succeeds the USSR.",
        "Counts by side are wrong if a person of one side acts for the other.",
        _other_side,
    ),
    Rule(
        "side-of-its-time",
        "The side is SU up to 26 December 1991, and RU from then on.",
        "Questions about the USSR and about Russia are told apart by the side.",
        _wrong_era,
    ),
    Rule(
        "office-of-country",
        "An office is of the side for which its holder acts, and of the holder's country.",
        "`office=kp-foreign-minister` must find ministers of the DPRK only.",
        _office_of_another_country,
    ),
    Rule(
        "office-existed",
        "An office is held only while it exists. Honourees are exempt: they may be long dead.",
        "An office that was renamed is a different record, and each event names the one of its day.",
        _office_did_not_exist,
    ),
    Rule(
        "office-held",
        "If a person's positions date an office, an event that occurred finds the person in it only "
        "then. Honourees are exempt.",
        "Either the office in the event or a date of the position is wrong.",
        _office_not_held,
    ),
    Rule(
        "one-term-at-a-time",
        "Two positions in the same office do not overlap, and both have dates.",
        "A position lists an office once for each time that it was held.",
        _overlapping_terms,
    ),
)
