"""Rules about the offices that people hold."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import Final

from app.domain.dates import parse_edtf
from app.domain.labels.countries import are_one_state
from app.domain.names.folding import fold
from app.domain.vocabulary import EventStatus, ParticipantKind, Role
from app.linting.index import RecordIndex
from app.linting.periods import Period, period_of, period_words
from app.linting.rule import Breach, Rule
from app.records.models import OfficeRecord
from app.records.models.participant import PositionRecord


def _office_of_another_country(index: RecordIndex) -> Iterator[Breach]:
    for event, number, part in index.participations():
        country = _country(index, part.office)
        if country not in (None, part.side):
            text = f"{part.id!r} acts for {part.side}, in the office {part.office!r} of {country}"
            yield Breach(event, f"/participants/{number}/office", text)
    for person, number, position in index.positions():
        country = _country(index, position.office)
        if country is None or are_one_state(country, person.country):
            continue
        text = f"a person of {person.country} holds the office {position.office!r} of {country}"
        yield Breach(person, f"/positions/{number}/office", text)


def _office_did_not_exist(index: RecordIndex) -> Iterator[Breach]:
    for event, number, part in index.participations():
        office = index.offices.get(part.office or "")
        # An honouree may have held it long before.
        if office is None or part.role is Role.HONOUREE:
            continue
        existed = period_of(office.founded, office.abolished)
        if not existed.may_hold(parse_edtf(event.date)):
            text = (
                f"{part.id!r} holds {part.office!r} on {event.date}; the office existed "
                f"{period_words(office.founded, office.abolished)}"
            )
            yield Breach(event, f"/participants/{number}/office", text)
    for person, number, position in index.positions():
        office = index.offices.get(position.office or "")
        if office is None:
            continue
        held, existed = _held(position), period_of(office.founded, office.abolished)
        if not held.may_lie_within(existed):
            text = (
                f"{position.office!r} held {period_words(position.held_from, position.held_to)}; the "
                f"office existed {period_words(office.founded, office.abolished)}"
            )
            yield Breach(person, f"/positions/{number}/office", text)


def _office_not_held(index: RecordIndex) -> Iterator[Breach]:
    for event, number, part in index.participations():
        person = index.participants.get(part.id)
        # An honouree may be dead; a plan may outlast the office.
        honoured = part.role is Role.HONOUREE
        if person is None or honoured or event.status is not EventStatus.OCCURRED:
            continue
        terms = [each for each in person.positions if part.office and each.office == part.office]
        during = parse_edtf(event.date)
        if terms and not any(_held(term).may_hold(during) for term in terms):
            held = " and ".join(period_words(term.held_from, term.held_to) for term in terms)
            text = f"{part.id!r} holds {part.office!r} on {event.date}, but held it {held}"
            yield Breach(event, f"/participants/{number}/office", text)


def _not_a_person(index: RecordIndex) -> Iterator[Breach]:
    for event, number, part in index.participations():
        holder = index.participants.get(part.id)
        if part.office and holder and holder.kind is not ParticipantKind.PERSON:
            text = f"{part.id!r} is no person, and holds {part.office!r}"
            yield Breach(event, f"/participants/{number}/office", text)
    for holder, number, position in index.positions():
        if holder.kind is not ParticipantKind.PERSON:
            text = f"it is no person, and holds {position.title!r}: write the position of a person"
            yield Breach(holder, f"/positions/{number}", text)


def _not_among_positions(index: RecordIndex) -> Iterator[Breach]:
    for event, number, part in index.participations():
        person = index.participants.get(part.id)
        # An honouree may take up the office later.
        if part.office is None or person is None or part.role is Role.HONOUREE:
            continue
        if person.kind is not ParticipantKind.PERSON:
            continue
        if all(position.office != part.office for position in person.positions):
            text = f"no position of {part.id!r} names {part.office!r}: add one"
            yield Breach(event, f"/participants/{number}/office", text)


def _capacity_repeats_office(index: RecordIndex) -> Iterator[Breach]:
    for event, number, part in index.participations():
        office = index.offices.get(part.office or "")
        if office is None or part.capacity is None:
            continue
        if fold(part.capacity) in _names(office):
            text = f"the capacity {part.capacity!r} is the name of {office.id!r}: leave it out"
            yield Breach(event, f"/participants/{number}/capacity", text)


def _capacity_instead_of_office(index: RecordIndex) -> Iterator[Breach]:
    ids = _ids_by_name(index)
    for event, number, part in index.participations():
        holder = index.participants.get(part.id)
        if part.office or part.capacity is None or holder is None:
            continue
        found = ids.get((part.side, fold(part.capacity)), ())
        if holder.kind is ParticipantKind.PERSON and found:
            text = f"the capacity {part.capacity!r} is a name of {' and '.join(map(repr, found))}"
            yield Breach(event, f"/participants/{number}/capacity", f"{text}: write it as office")


def _overlapping_terms(index: RecordIndex) -> Iterator[Breach]:
    for person in index.participants.values():
        numbered = [*enumerate(person.positions)]
        for (_, one), (number, other) in combinations(numbered, 2):
            if _same_office(one, other) and _may_not_follow(one, other):
                text = (
                    f"{other.title!r} is held {period_words(one.held_from, one.held_to)}, and again "
                    f"{period_words(other.held_from, other.held_to)}"
                )
                yield Breach(person, f"/positions/{number}", text)


def _ids_by_name(index: RecordIndex) -> dict[tuple[str | None, str], list[str]]:
    """Return the ids of offices by their country and folded name."""
    ids: dict[tuple[str | None, str], list[str]] = defaultdict(list)
    for office in index.offices.values():
        for name in _names(office):
            ids[office.country, name].append(office.id)
    return ids


def _names(office: OfficeRecord) -> set[str]:
    maps = (office.names, office.feminine)
    names = (name for texts in maps for name in texts.model_dump().values())
    return {fold(name) for name in (*names, *office.aliases)}


def _country(index: RecordIndex, office: str | None) -> str | None:
    found = index.offices.get(office or "")
    return found.country if found else None


def _same_office(one: PositionRecord, other: PositionRecord) -> bool:
    return one.title == other.title or (one.office is not None and one.office == other.office)


def _held(position: PositionRecord) -> Period:
    return period_of(position.held_from, position.held_to)


def _may_not_follow(one: PositionRecord, other: PositionRecord) -> bool:
    """Whether the terms lack the date that divides them, or overlap by more than the day of a change."""
    earlier, later = sorted((one, other), key=lambda term: _held(term).begins_earliest)
    if earlier.held_to is None or later.held_from is None:
        return True
    return _held(later).begins_latest < _held(earlier).ends_earliest


RULES: Final = (
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
        "office-of-person",
        "Only a person holds an office, and has positions.",
        "An organisation acts through its officials.",
        _not_a_person,
    ),
    Rule(
        "office-among-positions",
        "A person's office in an event is among the person's positions. Honourees are exempt: they may "
        "take it up later.",
        "The positions of a person answer the question which offices the person held.",
        _not_among_positions,
    ),
    Rule(
        "capacity-beside-office",
        "The capacity of a participant is not a name of the office.",
        "`capacity` is for the facts that no office says.",
        _capacity_repeats_office,
    ),
    Rule(
        "office-as-capacity",
        "The capacity of a person without an office is not the name of an office of the side.",
        "A filter by the office does not find the event. If the person did not hold it then, the words "
        "are wrong in `capacity` too.",
        _capacity_instead_of_office,
    ),
    Rule(
        "one-term-at-a-time",
        "Two positions in the same office do not overlap, and both have dates.",
        "A position lists an office once for each time that it was held.",
        _overlapping_terms,
    ),
)
