"""Propose identifiers: compare candidates with the records, and keep those with two facts in common."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from app.domain.dates import OPEN_END, OPEN_START, parse_edtf, parse_range
from app.domain.names.folding import fold
from app.domain.names.matching import WHOLE, StoredName, asked_name, match
from app.domain.names.phonetic_key import phonetic_key
from app.domain.names.same_name import Bearer, bearer_of, name_words
from app.domain.vocabulary import EntityKind, ParticipantKind, PlacePrecision
from app.linting.distances import kilometres
from app.linting.identifiers.candidates import IdentifierCandidate
from app.linting.identifiers.proofs import FEWEST_FACTS, IdentifierProof
from app.linting.index import RecordIndex
from app.records.models import ParticipantRecord, PlaceRecord

# Databases put the point of a city into its centre, at its town hall, or into the middle of its area.
_NEAR_KM: Final = {
    PlacePrecision.SITE: 2.0,
    PlacePrecision.CITY: 15.0,
    PlacePrecision.REGION: 150.0,
    PlacePrecision.COUNTRY: 1500.0,
}
Identified = ParticipantRecord | PlaceRecord


class Passed(NamedTuple):
    """A candidate that is not proposed, and the reason."""

    line: int
    reason: str


def propose(
    index: RecordIndex, candidates: Sequence[IdentifierCandidate]
) -> Iterator[IdentifierProof | Passed]:
    """Yield a draft for each candidate that agrees with one record in two facts, or why there is none.

    A name is one fact. An office with its time, the point of a place, and the country of a state are the
    others. An editor reads the page and decides.
    """
    named = _RecordNames(index)
    found = [(each, _proposal(index, named, each)) for each in candidates]
    bearers: dict[tuple[EntityKind, str, str], set[str]] = defaultdict(set)
    for _, draft in found:
        if isinstance(draft, IdentifierProof):
            bearers[draft.kind, draft.scheme, draft.value].add(draft.id)
    proposed: set[tuple[EntityKind, str, str, str]] = set()
    for candidate, draft in found:
        if isinstance(draft, Passed):
            yield draft
            continue
        ids = bearers[draft.kind, draft.scheme, draft.value]
        key = (draft.kind, draft.id, draft.scheme, draft.value)
        if len(ids) > 1:
            reason = f"{draft.scheme} {draft.value}: rows give it to {', '.join(sorted(ids))}"
            yield Passed(candidate.line, reason)
        elif key not in proposed:  # A further row about the bearer has another office.
            proposed.add(key)
            yield draft


def _proposal(
    index: RecordIndex, named: "_RecordNames", candidate: IdentifierCandidate
) -> IdentifierProof | Passed:
    line, whole = candidate.line, f"{candidate.scheme} {candidate.value}"
    agreeing = [
        (record, facts)
        for record in named.find(candidate)
        if len(facts := _facts(index, record, candidate)) >= FEWEST_FACTS
    ]
    if not agreeing:
        names = " or ".join(candidate.names)
        return Passed(line, f"{whole}: no record called {names} has another fact in common")
    if len(agreeing) > 1:
        ids = ", ".join(record.id for record, _ in agreeing)
        return Passed(line, f"{whole}: several records agree: {ids}")
    [(record, facts)] = agreeing
    known = record.identifiers.get(candidate.scheme)
    if known == candidate.value:
        return Passed(line, f"{whole}: {record.id!r} has it already")
    if known is not None:
        return Passed(
            line, f"{whole}: {record.id!r} has {candidate.scheme} {known}: decide by hand"
        )
    is_place = isinstance(record, PlaceRecord)
    return IdentifierProof(
        EntityKind.PLACE if is_place else EntityKind.PARTICIPANT,
        record.id,
        candidate.scheme,
        candidate.value,
        candidate.page,
        candidate.read_on,
        tuple(facts),
    )


class _RecordNames:
    """The names of all records that may have identifiers, in the forms in which they are compared."""

    def __init__(self, index: RecordIndex) -> None:
        records: list[Identified] = [*index.participants.values(), *index.places.values()]
        self._known = [(each, _bearer(each), _stored_names(each)) for each in records]

    def find(self, candidate: IdentifierCandidate) -> list[Identified]:
        """Return the records with a name of the candidate, in any script and spelling."""
        asked = [asked_name(name) for name in candidate.names if fold(name)]
        return [
            record
            for record, bearer, names in self._known
            if any(
                (found := match(each, names, bearer)) is not None and found.kind in WHOLE
                for each in asked
            )
        ]


def _bearer(record: Identified) -> Bearer:
    if isinstance(record, PlaceRecord):
        return Bearer.THING
    return bearer_of(record.kind, record.country)


def _stored_names(record: Identified) -> list[StoredName]:
    texts = [text for _, text in record.names if isinstance(text, str)]
    korean = _bearer(record) is Bearer.KOREAN
    return [
        StoredName(text, None, fold(text), phonetic_key(name_words(text), korean=korean))
        for text in (*texts, *record.aliases)
    ]


def _facts(index: RecordIndex, record: Identified, candidate: IdentifierCandidate) -> list[str]:
    """Return the facts that agree, the name first; none if the country contradicts."""
    if candidate.country and candidate.country != record.country:
        return []
    facts = [f"name: {'; '.join(candidate.names)}"]
    if isinstance(record, PlaceRecord):
        facts += _near(record, candidate)
    else:
        facts += _same_office(index, record, candidate)
        if record.kind is ParticipantKind.STATE and candidate.country:
            facts.append(f"country: {candidate.country}")
    return facts


def _near(place: PlaceRecord, candidate: IdentifierCandidate) -> Iterator[str]:
    if candidate.point is None:
        return
    away = kilometres((place.latitude, place.longitude), candidate.point)
    if away <= _NEAR_KM[place.precision]:
        latitude, longitude = candidate.point
        yield f"coordinates: {latitude}, {longitude}, {away:.1f} km away"


def _same_office(
    index: RecordIndex, person: ParticipantRecord, candidate: IdentifierCandidate
) -> Iterator[str]:
    """Yield the office, if the record has it in the time that the candidate gives."""
    if not candidate.office:
        return
    said = ", ".join(filter(None, (candidate.office, candidate.held)))
    for position in person.positions:
        if position.office == candidate.office and (position.held_from or position.held_to):
            held = f"{position.held_from or '..'}/{position.held_to or '..'}"
            if _overlap(*_days(position.held_from, position.held_to), candidate.held):
                yield f"office: {said}; here {held}"
                return
    for event, _, part in index.participations():
        if part.id == person.id and part.office == candidate.office:
            bounds = parse_edtf(event.date)
            if _overlap(bounds.start_earliest, bounds.end_latest, candidate.held):
                yield f"office: {said}; here in {event.id}"
                return


def _days(first: str | None, last: str | None) -> tuple[date, date]:
    """Return the first and the last day on which a position may have been held."""
    return (
        parse_edtf(first).start_earliest if first else OPEN_START,
        parse_edtf(last).end_latest if last else OPEN_END,
    )


def _overlap(first: date, last: date, held: str) -> bool:
    if not held:
        return True
    began, ended = parse_range(held)
    return first <= ended and last >= began
