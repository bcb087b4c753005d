"""Compare a candidate with the events of the data: is it known, and what does the article add?"""

from datetime import date, timedelta

from app.documents.draft import DraftComparison, DraftDifference, DraftVerdict
from app.domain.dates import OPEN_END, OPEN_START, Bounds, parse_edtf
from app.domain.vocabulary import EvidencedField
from app.drafting.events.candidate import EventCandidate
from app.drafting.knowledge import Knowledge, KnownEvent

_SLACK = timedelta(days=3)
# Acts of these types on two near days may be one, of which the sources give different days.
_MOVABLE = ("meeting", "visit", "treaty")


def compare(candidate: EventCandidate, knowledge: Knowledge, source: str) -> DraftComparison:
    """Return the event of the data that the candidate may be, with the differences."""
    bounds = parse_edtf(candidate.date)
    ids = {part.mention.id for part in candidate.parts if part.mention.id}
    near = knowledge.events_of(_earlier(bounds.start_earliest), _later(bounds.end_latest))
    ranked = sorted(
        (
            (
                bounds.overlaps(event.bounds),
                len(ids & event.participants.keys()),
                _share(bounds, event.bounds),
                event.subtype == candidate.subtype,
                event.place is not None and event.place == candidate.place,
                event.id,
            )
            for event in near
            if _may_be(candidate, ids, event, knowledge)
        ),
        reverse=True,
    )
    if not ranked:
        return DraftComparison(verdict=DraftVerdict.NEW, event=None, adds=[], differences=[])
    event = next(e for e in near if e.id == ranked[0][-1])
    differences = _differences(candidate, bounds, event, knowledge)
    return DraftComparison(
        verdict=DraftVerdict.DIFFERS if differences else DraftVerdict.KNOWN,
        event=event.id,
        adds=_adds(candidate, ids, event, source),
        differences=differences,
    )


def _earlier(day: date) -> date:
    return day - _SLACK if day > OPEN_START + _SLACK else day


def _later(day: date) -> date:
    return day + _SLACK if day < OPEN_END - _SLACK else day


def _share(one: Bounds, other: Bounds) -> float:
    """Return the days that both have, as a share of the days that either has."""
    first = max(one.start_earliest, other.start_earliest)
    last = min(one.end_latest, other.end_latest)
    both = last.toordinal() - first.toordinal() + 1
    days = [b.end_latest.toordinal() - b.start_earliest.toordinal() + 1 for b in (one, other)]
    return max(0, both) / (sum(days) - max(0, both))


def _may_be(
    candidate: EventCandidate, ids: set[str], event: KnownEvent, knowledge: Knowledge
) -> bool:
    if event.type != candidate.type or (candidate.treaty and candidate.treaty != event.treaty):
        return False
    if event.type == "treaty" and event.subtype != candidate.subtype:
        return False
    shared = ids & event.participants.keys()
    apart = not parse_edtf(candidate.date).overlaps(event.bounds)
    if apart and (event.type not in _MOVABLE or event.subtype != candidate.subtype):
        return False
    if event.type == "letter" and _goes_the_other_way(candidate, event, shared):
        return False
    # One participant alone does many things in a few days, but at one place seldom two of one type.
    if event.type == "meeting" and _led_by_another(candidate, event):
        return False
    if len(ids) != 1 or not shared:
        return len(shared) > 1
    if candidate.place and event.place:
        return _within(candidate.place, event.place, knowledge)
    # Nobody makes two journeys on the same days.
    return candidate.treaty is not None or (event.type == "visit" and not apart)


def _led_by_another(candidate: EventCandidate, event: KnownEvent) -> bool:
    """Whether somebody who leads one side here only attends there: it may be a talk aside."""
    leads = {p.mention.id or "" for p in candidate.parts if p.role in ("host", "guest")}
    shared = leads & event.participants.keys()
    led = {role for role, _ in event.participants.values()} >= {"host", "guest"}
    return led and any(event.participants[id_][0] == "attendee" for id_ in shared)


def _goes_the_other_way(candidate: EventCandidate, event: KnownEvent, shared: set[str]) -> bool:
    """Whether sender and recipient differ; an exchange, with two senders, may be either letter."""
    letters = ("sender", "recipient")
    if {part.role for part in candidate.parts} == {"sender"}:
        return False
    return any(
        part.role in letters
        and event.participants[part.mention.id][0] in letters
        and event.participants[part.mention.id][0] != part.role
        for part in candidate.parts
        if part.mention.id in shared
    )


def _differences(
    candidate: EventCandidate, bounds: Bounds, event: KnownEvent, knowledge: Knowledge
) -> list[DraftDifference]:
    found = []
    if not bounds.overlaps(event.bounds):
        found.append(
            DraftDifference(field=EvidencedField.DATE, article=candidate.date, data=event.date)
        )
    if candidate.status != event.status:
        found.append(
            DraftDifference(
                field=EvidencedField.STATUS, article=candidate.status, data=event.status
            )
        )
    if candidate.place and event.place and not _within(candidate.place, event.place, knowledge):
        found.append(
            DraftDifference(field=EvidencedField.PLACE, article=candidate.place, data=event.place)
        )
    return found


def _within(one: str, other: str, knowledge: Knowledge) -> bool:
    wholes = [knowledge.places[place].part_of or place for place in (one, other)]
    return wholes[0] == wholes[1] or one == wholes[1] or other == wholes[0]


def _adds(candidate: EventCandidate, ids: set[str], event: KnownEvent, source: str) -> list[str]:
    adds = [] if source in event.sources else ["source"]
    if candidate.place and not event.place:
        adds.append("place")
    return [*adds, *(f"participant {each}" for each in sorted(ids - event.participants.keys()))]
