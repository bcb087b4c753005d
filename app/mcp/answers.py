"""The answers of the tools: each function asks the API, and makes its answer short."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from pydantic import ValidationError

from app.documents.counting import Facet, Interval
from app.domain.vocabulary import EntityKind
from app.mcp import short
from app.mcp.arguments import one_of, take
from app.mcp.asking import Api, RefusedError
from app.mcp.naming import find_id, with_ids
from app.reading.parameters.changes import ChangesRequest, ChosenChanges
from app.reading.parameters.names import NamedKind

Answer = dict[str, Any]
Arguments = dict[str, list[str]]
PERIODS: Final = (Interval.YEAR, Interval.MONTH, Interval.DAY, Interval.DECADE)
BY: Final = (*PERIODS, *(each for each in Facet if each not in (Facet.YEAR, Facet.DECADE)))
_LIMIT: Final = "10"


async def find_events(api: Api, arguments: Arguments, language: str) -> Answer:
    """Return the events that match, with the number of all of them."""
    query, taken = await with_ids(api, arguments)
    counted = {"limit": [_LIMIT], "total": ["exact"], **query}
    found = await api.get("events", counted)
    page = found["page"]
    return {
        "total": page["total"],
        "events": [short.listed_event(each, language) for each in found["items"]],
        **short.filled({"next_cursor": page["cursor"], **_unknown(page["unknown"])}),
        **_understood(taken),
        **_links(api, query, language),
    }


def _unknown(values: Sequence[Answer]) -> Answer:
    """Return the ids of no entity apart from the words of `q` that no event has."""
    return {
        "unknown_ids": [each for each in values if each["parameter"] != "q"],
        "unknown_words": [
            {"word": each["value"], "nearest": each["nearest"]}
            for each in values
            if each["parameter"] == "q"
        ],
    }


async def get_event(api: Api, arguments: Arguments, language: str) -> Answer:
    """Return one event with all its facts."""
    slug = await find_id(api, EntityKind.EVENT, take(arguments, "id"), "id")
    event = await api.get(f"events/{slug}")
    link = api.page(f"events/{slug}", language=language)
    return {**short.whole_event(event, language), "link": link}


async def who_is(api: Api, arguments: Arguments, language: str) -> Answer:
    """Return the entities that a name may mean, the likeliest first."""
    named = {"name": arguments["name"]}
    limit = {"limit": arguments.get("limit", ["5"])}
    people = await api.get("participants/resolve", {**arguments, **limit})
    found = [(each["score"], short.person(each, language)) for each in people["items"]]
    # The kinds are of participants, so they leave out places and other things.
    if "kind" not in arguments:
        things = await api.get("resolve", {**named, **limit, "kind": _THINGS})
        found += [(each["score"], short.candidate(each, language)) for each in things["items"]]
    # The sort is stable, so people come before things of the same name.
    best = sorted(found, key=lambda each: each[0], reverse=True)[: int(limit["limit"][0])]
    return {
        "candidates": [
            {
                **each,
                "link": api.page(f"{_collection(each['kind'])}/{each['id']}", language=language),
            }
            for _, each in best
        ]
    }


_THINGS: Final = [kind for kind in NamedKind if kind is not NamedKind.PARTICIPANT]


def _collection(kind: str) -> str:
    # The kind of a participant says whether it is a person.
    return EntityKind(kind).collection if kind in [*EntityKind] else "participants"


async def who_met_whom(api: Api, arguments: Arguments, language: str) -> Answer:
    """Return the participants who share events with one, with the numbers of these."""
    query, taken = await with_ids(api, arguments)
    [slug] = query.pop("participant")
    found = await api.get(
        f"participants/{slug}/counterparts", {"limit": [_LIMIT], "total": ["exact"], **query}
    )
    counterparts = [
        {
            "id": each["participant"]["id"],
            "name": short.text(each["participant"]["names"], language),
            "events": each["events"],
        }
        for each in found["items"]
    ]
    shared = {name: values for name, values in query.items() if name in _OF_EVENTS}
    return {
        "participant": slug,
        "total": found["page"]["total"],
        "counterparts": counterparts,
        **short.filled({"next_cursor": found["page"]["cursor"]}),
        **_understood(taken),
        "link": api.page("explore", {"participant": [slug], **shared}, language),
    }


_OF_EVENTS: Final = ("date", "certainty", "type", "status")


async def count_events(api: Api, arguments: Arguments, language: str) -> Answer:
    """Return the numbers of events over time, or by the values of a facet."""
    by = one_of("by", take(arguments, "by", Interval.YEAR), BY)
    limit = take(arguments, "limit", "20")
    query, taken = await with_ids(api, arguments)
    counted = (
        await _over_time(api, by, query)
        if by in PERIODS
        else await _by_value(api, by, limit, query, language)
    )
    link = api.page("explore", query, language)
    return {"by": by, **counted, **_understood(taken), "link": link}


async def _over_time(api: Api, by: str, query: Arguments) -> Answer:
    histogram = await api.get("events/histogram", {"interval": [by], **query})
    counts = {each["date"]: each["count"] for each in histogram["buckets"]}
    years = [each["start"][:4] for each in histogram["buckets"]]
    return {
        "total": histogram["total"],
        "counts": counts,
        "of_uncertain_period": histogram["uncertain"]["count"],
        **short.filled(_unknown(histogram["unknown"])),
        # A gap of the collection looks like a gap between events.
        **short.filled({"thinly_documented_years": await _thin_years(api, by, years)}),
    }


async def _thin_years(api: Api, by: str, years: list[str]) -> list[int]:
    if not years:
        return []
    coverage = await api.get("coverage")
    first, last = int(years[0]), int(years[-1]) + (9 if by == Interval.DECADE else 0)
    return [
        each["year"] for each in coverage["years"] if each["thin"] and first <= each["year"] <= last
    ]


async def _by_value(api: Api, by: str, limit: str, query: Arguments, language: str) -> Answer:
    asked = {"facets": [by], "facet_limit": [limit], "limit": ["0"], "total": ["exact"]}
    try:
        found = await api.get("events", {**query, **asked})
    except RefusedError as error:
        # An error names the argument, and not the parameter of the API that took its value.
        raise RefusedError(str(error).replace("facet_limit", "limit")) from None
    counts = found["facets"][by]
    return {
        "total": found["page"]["total"],
        "counts": [
            {
                "value": each["value"],
                "label": short.text(each["label"], language),
                "count": each["count"],
            }
            for each in counts["values"]
        ],
        "distinct": counts["distinct"],
        **short.filled(_unknown(found["page"]["unknown"])),
    }


async def how_do_we_know(api: Api, arguments: Arguments, language: str) -> Answer:
    """Return the sources of an event with their evidence."""
    slug = await find_id(api, EntityKind.EVENT, take(arguments, "id"), "id")
    event = await api.get(f"events/{slug}")
    whole = short.whole_event(event, language)
    kept = ("id", "date", "title", "status", "confidence", "independent_sources", "note")
    sources = [short.evidence(each, language) for each in event["sources"]]
    return {
        **{key: whole[key] for key in kept if key in whole},
        "sources": sources,
        "link": api.page(f"events/{slug}", language=language),
    }


async def what_changed(api: Api, arguments: Arguments, language: str) -> Answer:
    """Return the writes after a change or an instant, by default the newest ones."""
    query = {"limit": ["20"], **arguments}
    if not {"since", "after"} & {*arguments} and api.pin:
        query |= await _newest_of(api, query)
    found = await api.get("changes", query)
    page = found["page"]
    return {
        "changes": [short.change(each) for each in found["items"]],
        **short.filled({"next_after": page["last"] if page["next"] else None}),
        "link": api.page("changes", _chosen_of(query), language),
    }


async def _newest_of(api: Api, query: Arguments) -> Arguments:
    """Return the parameter that begins with the newest changes that the query chooses."""
    single = {name: query[name][0] for name in ("direct", "limit") if name in query}
    try:
        request = ChangesRequest.model_validate({"kind": query.get("kind", []), **single})
    except ValidationError:
        # The API refuses the value, with its own words.
        return {}
    return {"after": [str(await api.before_newest(request, request.limit))]}


def _chosen_of(query: Arguments) -> Arguments:
    return {name: query[name] for name in ChosenChanges.model_fields if name in query}


async def find_treaties(api: Api, arguments: Arguments, language: str) -> Answer:
    """Return the treaties that match, with stages and periods in force."""
    query = {"limit": ["20"], "total": ["exact"], "sort": ["date"], **arguments}
    found = await api.get("treaties", query)
    return {
        "total": found["page"]["total"],
        "treaties": [short.treaty(each, language) for each in found["items"]],
        **short.filled({"next_cursor": found["page"]["cursor"]}),
        "link": api.page("treaties", _page_filters(arguments), language),
    }


def _page_filters(arguments: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return {
        name: each for name, each in arguments.items() if name not in ("limit", "cursor", "sort")
    }


def _understood(taken: Mapping[str, str]) -> Answer:
    return {"names_taken_for": dict(taken)} if taken else {}


def _links(api: Api, query: Mapping[str, list[str]], language: str) -> Answer:
    chosen = {name: values for name, values in query.items() if name not in ("limit", "cursor")}
    return {
        "link": api.page("explore", chosen, language),
        "event_link": api.page("events/{id}", language=language),
    }
