"""The tools: names, texts and arguments, as an assistant sees them."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, NamedTuple

from app.domain.languages import DEFAULT_LANGUAGE, Language
from app.mcp import answers
from app.mcp.answers import BY, Answer, Arguments
from app.mcp.arguments import (
    AS_OF,
    LANG,
    Schema,
    described,
    object_schema,
    one_of,
    read_arguments,
    take,
)
from app.mcp.asking import Api
from app.reading.parameters.changes import ChangesRequest
from app.reading.parameters.common import PagePosition
from app.reading.parameters.entities import TreatyFilters, TreatyOrder
from app.reading.parameters.events import EventFilters, EventOrder
from app.reading.parameters.names import NameQuery
from app.reading.parameters.participants import CounterpartFilters


class Tool(NamedTuple):
    """A tool: its name and texts, the schema of its arguments, and the function that answers."""

    name: str
    title: str
    description: str
    schema: Schema
    answer: Callable[[Api, Arguments, str], Awaitable[Answer]]


async def call(tool: Tool, api: Api, given: Mapping[str, Any]) -> Answer:
    """Return the answer of a tool, with the state that it was read from; raises RefusedError.

    A write between two requests would mix states: the tool then reads the state before it.
    """
    arguments = read_arguments(given, tool.schema)
    language = one_of("lang", take(arguments, "lang", DEFAULT_LANGUAGE), [*Language])
    if as_of := take(arguments, "as_of"):
        read = api.at(as_of)
        answer = await tool.answer(read, _copy(arguments), language)
    else:
        read = await api.at_present()
        answer = await tool.answer(read, _copy(arguments), language)
        if read.pin and await api.newest() != read.pin:
            answer = await tool.answer(read.at(read.pin), _copy(arguments), language)
    return {**answer, "as_of": read.pin}


def _copy(arguments: Arguments) -> Arguments:
    return {name: [*values] for name, values in arguments.items()}


_ID_OR_NAME: Final = "id, or name in any script"
_FILTERS: Final = described(
    EventFilters,
    {
        "q": 'Words that must all occur in titles, summaries, names, dates or countries; "phrase", -word, OR, word*.',
        "date": "EDTF dates or intervals: 2024, 2024-06, 2023-09/.., ../1991-12-26.",
        "month_day": "Days of any year: 08-15, or 08-10/08-20.",
        "certainty": "Whether events of uncertain date may overlap `date` (default), or must.",
        "type": "",
        "subtype": "",
        "status": "Without it, plans and unconfirmed reports are included; usually send occurred.",
        "participant": f"At least one of these took part ({_ID_OR_NAME}).",
        "participant_all": f"All of these took part ({_ID_OR_NAME}): who met whom.",
        "role": "Role of the named participants, or without a name of any participant.",
        "side": "Country for which the same participant acted: KP, RU, or SU until 1991.",
        "office": "Office that the same participant held.",
        "rank": "Rank of that office.",
        "company": "Others who took part too, whatever their role, side, rank and office.",
        "sender": "Who sent the letter.",
        "recipient": "Who received it.",
        "place": f"Where ({_ID_OR_NAME}); places within it included.",
        "country": "Country of the place, such as KP.",
        "treaty": "The event is a stage of this treaty.",
        "tag": "Subject (id or name); narrower ones included.",
        "agency": "A source's text is by this agency, such as kcna.",
        "house": "As agency, and its own pages and copies too.",
        "min_sources": "Least number of independent sources.",
        "max_sources": "Most independent sources: 1 finds events that rest on one.",
        "top": "Each occasion once, without the talks and signatures that are part of it.",
    },
)
_PAGE: Final = described(
    PagePosition,
    {"limit": "Most items; default 10.", "cursor": "The next_cursor of the page before."},
)
_STATE: Final = {"lang": LANG, "as_of": AS_OF}
_EVENT_ID: Final = {"id": {"type": "string", "description": "Id of an event, from find_events."}}

TOOLS: Final = (
    Tool(
        "find_events",
        "Find events",
        "List dated interactions between Russia (the USSR before it) and the DPRK: meetings, visits, "
        "letters, treaties, calls, statements. Values of one argument are alternatives; different "
        "arguments must all match. Newest first. `total` counts all matches. `event_link` with an id is "
        "the page to cite.",
        object_schema(
            {
                **_FILTERS,
                **described(
                    EventOrder, {"sort": "Default -date; date for the first; relevance needs q."}
                ),
                **_PAGE,
                **_STATE,
            },
            (),
        ),
        answers.find_events,
    ),
    Tool(
        "get_event",
        "Get one event",
        "One event with summary, participants in their roles and offices, places, sources, related "
        "events, and the days between which an uncertain date lies.",
        object_schema({**_EVENT_ID, **_STATE}, ("id",)),
        answers.get_event,
    ),
    Tool(
        "who_is",
        "Who is this?",
        "The people, organisations, states, places, treaties, offices, publishers and tags that a name in "
        "any script or spelling may mean, the likeliest first, with ids. `match: fuzzy` is only similar.",
        object_schema(
            {
                **described(
                    NameQuery,
                    {
                        "name": "A name, such as 최선희, Choi Sun-hee or Rason.",
                        "on": "When the person acted (EDTF): breaks ties.",
                        "kind": "Only participants of these kinds.",
                        "limit": "Most candidates; default 5.",
                    },
                ),
                **_STATE,
            },
            ("name",),
        ),
        answers.who_is,
    ),
    Tool(
        "who_met_whom",
        "Who met whom?",
        "The participants who share events with one participant, with the number of shared events, most "
        "first. Letters count too unless `type` says otherwise. For the events of a pair use find_events "
        "with participant_all.",
        object_schema(
            {
                "participant": {
                    "type": "string",
                    "description": f"One participant: {_ID_OR_NAME}.",
                },
                **described(
                    CounterpartFilters,
                    {
                        "date": "EDTF dates or intervals.",
                        "type": "Such as meeting, visit.",
                        "status": "Usually occurred.",
                        "kind": "Kind of the counterpart.",
                        "side": "Country for which the counterpart acted.",
                        "role": "",
                        "office": "Office of the counterpart.",
                        "rank": "Rank of that office, such as foreign_minister.",
                    },
                ),
                **_PAGE,
                **_STATE,
            },
            ("participant",),
        ),
        answers.who_met_whom,
    ),
    Tool(
        "count_events",
        "Count events over time, or by any value",
        "Count events with the filters of find_events: over time (year, month, day, decade), or by values "
        "such as place, participant, house, tag or office; these ignore the filter of the same name. Few events "
        "in a year may mean few sources, not silence: `thinly_documented_years` names such years.",
        object_schema(
            {
                "by": {"type": "string", "enum": [*BY], "description": "Default year."},
                **{
                    name: {k: v for k, v in each.items() if k != "description"}
                    for name, each in _FILTERS.items()
                },
                "limit": {
                    "type": "integer",
                    "description": "Most values, except of periods; default 20.",
                },
                **_STATE,
            },
            (),
        ),
        answers.count_events,
    ),
    Tool(
        "how_do_we_know",
        "How do we know?",
        "The sources of an event with publisher and address, and each recorded span of a source with the "
        "fields that it supports, stated or inferred. The texts themselves are not published; offsets and "
        "SHA-256 let a reader with a copy check them.",
        object_schema({**_EVENT_ID, **_STATE}, ("id",)),
        answers.how_do_we_know,
    ),
    Tool(
        "what_changed",
        "What changed in the data?",
        "The writes to the timeline in order: corrections, additions, withdrawals, with who and why. "
        "Without since or after, the newest.",
        object_schema(
            {
                **described(
                    ChangesRequest,
                    {
                        "since": "An instant or a day: 2026-11-22.",
                        "after": "The next_after of the page before, or a number of a change.",
                        "kind": "Kinds of entity.",
                        "direct": "Leave out changes that follow from another edit.",
                        "limit": "Most changes; default 20.",
                    },
                ),
            },
            (),
        ),
        answers.what_changed,
    ),
    Tool(
        "find_treaties",
        "Find treaties",
        "Treaties and agreements with parties, stages and period in force, oldest first. Of most, no stage "
        "says whether they were in force: they are listed unless certainty is certain.",
        object_schema(
            {
                **described(
                    TreatyFilters,
                    {
                        "in_force_on": "A day or period (EDTF) on which it may have been in force.",
                        "certainty": "certain: only if a stage shows it.",
                        "kind": "",
                        "party": "Country: KP, RU or SU.",
                        "q": "Beginning of a name.",
                    },
                ),
                **described(TreatyOrder, {"sort": ""}),
                **_PAGE,
                **_STATE,
            },
            (),
        ),
        answers.find_treaties,
    ),
)
