"""The prompts: requests for a brief, which lead an assistant through the tools."""

from typing import Final, NamedTuple

from app.mcp.asking import RefusedError

_RULES: Final = (
    "Say for each statement which event it rests on, with its date as precise as the timeline has it "
    "and no more precise, and link it by `event_link` with its id, so that the link shows the state that "
    "you read. Keep events that were only announced or reported apart from those that occurred. Name "
    "events that rest on one independent source. An absent event is no evidence that nothing happened: "
    "say where `thinly_documented_years` fall into the period. State only facts that the tools returned."
)


class Brief(NamedTuple):
    """A prompt: a request that has one or more values."""

    name: str
    title: str
    description: str
    # The values, each with its description; all but the first are optional.
    arguments: dict[str, str]
    text: str

    def fill(self, given: dict[str, str]) -> str:
        """Return the request with these values; raises RefusedError without the first."""
        first = next(iter(self.arguments))
        if not given.get(first, "").strip():
            raise RefusedError(f"{first} is missing: {self.arguments[first]}")
        values = {name: given.get(name, "").strip() for name in self.arguments}
        period = f" in {values['period']}" if values.get("period") else ""
        return f"{self.text.format(**values | {'period': period})}\n\n{_RULES}"


_PERIOD: Final = "Optional: dates or an interval in EDTF, such as 2019 or 2023/2025."

BRIEFS: Final = (
    Brief(
        "brief_me_on_a_person",
        "Brief me on a person",
        "Who somebody is, whom they dealt with on the other side, and when.",
        {"name": "A name in any script and spelling.", "period": _PERIOD},
        "Brief me on {name} in the diplomacy between Russia and the DPRK{period}. Find the id with who_is, "
        "count the events by year with count_events, list the counterparts of the other side with "
        "who_met_whom, and read the most important events with get_event.",
    ),
    Brief(
        "brief_me_on_a_period",
        "Brief me on a period",
        "What happened between Russia and the DPRK in a period.",
        {"dates": "A date or an interval in EDTF: 2024-06, or 1961/1964."},
        "Brief me on the diplomacy between Russia (until 1991 the USSR) and the DPRK in {dates}. Count the "
        "events with count_events by type and by month or year, list the occasions with find_events and "
        "top, and read the most important ones with get_event.",
    ),
    Brief(
        "brief_me_on_a_topic",
        "Brief me on a topic",
        "How a subject developed, such as fisheries, Kursk or the 2024 treaty.",
        {"topic": "Words, a tag, a place or a treaty, in any language.", "period": _PERIOD},
        "Brief me on {topic} between Russia and the DPRK{period}. Ask who_is whether it is a tag, a place "
        "or a treaty, and use that; otherwise search with `q`. List the events with find_events, oldest "
        "first, and say with how_do_we_know what the turning points rest on.",
    ),
)
