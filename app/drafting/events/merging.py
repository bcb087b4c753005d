"""Merge the candidates of one event, complete journeys from their ends, and place the acts during them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from app.domain.dates import Bounds, parse_edtf
from app.drafting.events.candidate import EventCandidate
from app.drafting.events.where import AT_HEAD

# The ends of one journey are told within so many days.
_LONGEST_JOURNEY: Final = 20


def merged(found: Sequence[EventCandidate]) -> list[EventCandidate]:
    """Return one candidate for each event, in the order of the text."""
    events = list[EventCandidate]()
    for candidate in found:
        for n, event in enumerate(events):
            if _are_one(event, candidate):
                events[n] = _merge(event, candidate)
                break
        else:
            events.append(candidate)
    return [_placed(event, events) for event in events]


def is_told(candidate: EventCandidate, events: Sequence[EventCandidate]) -> bool:
    """Return whether one of the events is the candidate, told by other words."""
    return any(_are_one(event, candidate) for event in events)


def _are_one(one: EventCandidate, other: EventCandidate) -> bool:
    if one.type != other.type or not _compatible(one, other):
        return False
    shared = one.keys & other.keys
    if one.type == "visit":
        return (
            bool(shared)
            and _near(one, other)
            and (one.status == other.status or _calls_off(one, other) or _is_stop(one, other))
        )
    if one.subtype == other.subtype == "commission" and not (one.keys and other.keys):
        return _overlap(one, other) or (bool(one.edge or other.edge) and _near(one, other))
    same = one.keys <= other.keys or other.keys <= one.keys or len(shared) > 1
    return bool(shared) and _overlap(one, other) and (one.type != "meeting" or same)


def _compatible(one: EventCandidate, other: EventCandidate) -> bool:
    if one.type == "treaty":
        return (one.treaty, one.subtype) == (other.treaty, other.subtype)
    if one.type == "letter":
        return _senders(one) == _senders(other)
    return one.type != "ceremony" or one.subtype == other.subtype


def _calls_off(one: EventCandidate, other: EventCandidate) -> bool:
    return other.status == "cancelled" and one.status in ("announced", "reported")


def _is_stop(journey: EventCandidate, other: EventCandidate) -> bool:
    """Whether the visit is a part of a longer journey: `tomorrow they are expected in Nakhodka`."""
    longer = "/" in journey.date and "/" not in other.date and not other.edge
    return longer and _is_during(parse_edtf(other.date), parse_edtf(journey.date))


def _senders(c: EventCandidate) -> set[str]:
    return {p.mention.side for p in c.parts if p.role == "sender"}


def _overlap(one: EventCandidate, other: EventCandidate) -> bool:
    return parse_edtf(one.date).overlaps(parse_edtf(other.date))


def _near(one: EventCandidate, other: EventCandidate) -> bool:
    first, last = sorted(
        (parse_edtf(one.date), parse_edtf(other.date)), key=lambda b: b.start_earliest
    )
    return last.start_earliest.toordinal() - first.end_latest.toordinal() <= _LONGEST_JOURNEY


def _merge(one: EventCandidate, other: EventCandidate) -> EventCandidate:
    event = one.with_parts(other.parts)
    event = replace(
        event,
        # The end of a journey tells less of its kind than the rest.
        cues=(*other.cues, *one.cues)
        if one.edge == "end" != other.edge and not _is_stop(one, other)
        else (*one.cues, *other.cues),
        status=other.status if _calls_off(one, other) else one.status,
        status_support=other.status_support
        if _calls_off(one, other)
        else one.status_support or other.status_support,
        treaty_support=one.treaty_support or other.treaty_support,
        also=(*one.also, (other.type, other.subtype)) if one.subtype != other.subtype else one.also,
    )
    if one.subtype == "message" or (one.subtype, other.subtype) == ("ambassador", "credentials"):
        event = replace(event, subtype=other.subtype)
    if (
        one.subtype == "working"
        and other.subtype in ("delegation", "state", "official")
        and other.edge != "end"
    ):
        event = replace(event, subtype=other.subtype)
    if other.place and (one.place is None or (_is_inferred(one) and not _is_inferred(other))):
        event = replace(event, place=other.place, place_support=other.place_support)
    if (one.type == "visit" or one.subtype == "commission") and not _calls_off(one, other):
        return _with_period(event, one, other)
    if (
        len(other.date) > len(one.date)
        and not _calls_off(one, other)
        and "/" not in other.date
        and not _is_date_inferred(other)
    ):
        event = replace(event, date=other.date, date_support=other.date_support)
    return event


def _is_inferred(c: EventCandidate) -> bool:
    return c.place_support is not None and bool(c.place_support.note)


def _is_date_inferred(c: EventCandidate) -> bool:
    return any(s.note for s in c.date_support)


def _with_period(
    event: EventCandidate, one: EventCandidate, other: EventCandidate
) -> EventCandidate:
    """Return the journey with the period of which each sentence tells an end."""
    if not one.edge and not other.edge:
        return event
    if one.edge in ("both", "") and "/" in one.date and not other.edge:
        return event
    edges = {one.edge, other.edge}
    kept = (
        [c for c in (one, other) if c.edge] if "start" in edges and "end" in edges else [one, other]
    )
    dates = sorted({date for c in kept for date in c.date.split("/")} - {".."})
    if len({len(date) for date in dates}) > 1:
        return event
    value = f"{dates[0]}/{dates[-1]}" if len(dates) > 1 else dates[0]
    both = edges >= {"start", "end"} or "both" in edges
    ends = {dates[0], dates[-1]}
    supports = tuple(s for c in kept if ends & {*c.date.split("/")} for s in c.date_support)
    return replace(
        event, date=value, date_support=supports, edge="both" if both else one.edge or other.edge
    )


def _placed(event: EventCandidate, events: Sequence[EventCandidate]) -> EventCandidate:
    """Return an act without a place at the place of the journey during which it was."""
    if event.type not in ("meeting", "ceremony", "treaty"):
        return event
    if event.place and event.place_support and event.place_support.note != AT_HEAD:
        return event
    bounds = parse_edtf(event.date)
    for journey in events:
        if journey.place_support is None or not _holds(journey, event, bounds):
            continue
        if journey.place == event.place:
            return event
        note = "the journey of which the text tells led there"
        return replace(
            event, place=journey.place, place_support=replace(journey.place_support, note=note)
        )
    return event


def _holds(journey: EventCandidate, event: EventCandidate, bounds: Bounds) -> bool:
    shared = journey.type == "visit" and journey.place and journey.keys & event.keys
    return bool(shared) and _is_during(bounds, parse_edtf(journey.date))


def _is_during(one: Bounds, journey: Bounds) -> bool:
    return journey.start_earliest <= one.start_earliest and one.end_latest <= journey.end_latest
