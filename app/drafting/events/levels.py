"""The level of a meeting or a call: of leaders, of ministers, or of others."""

from dataclasses import replace
from typing import Final

from app.domain.dates import parse_edtf
from app.drafting.events.candidate import EventCandidate
from app.drafting.knowledge import Knowledge

_LEADERS: Final = frozenset({"head_of_state", "party_leader"})
_MINISTERS: Final = frozenset(
    {
        "minister",
        "foreign_minister",
        "defence_minister",
        "deputy_head_of_government",
        "head_of_government",
    }
)
# The subtype of each type by the level of both sides.
_SUBTYPES: Final = {
    "meeting": {"leaders": "summit", "ministers": "ministerial"},
    "call": {"leaders": "leaders", "ministers": "ministers"},
}


def with_rank(candidate: EventCandidate, knowledge: Knowledge) -> EventCandidate:
    """Return a meeting or a call with the subtype that the offices of both sides give it."""
    subtypes = _SUBTYPES.get(candidate.type)
    if subtypes is None or candidate.subtype not in ("working", "other"):
        return candidate
    levels = {_level(candidate, knowledge, side) for side in ("KP", "RU")}
    subtype = subtypes.get(levels.pop() if len(levels) == 1 else "", candidate.subtype)
    return replace(candidate, subtype=subtype)


def _level(candidate: EventCandidate, knowledge: Knowledge, side: str) -> str:
    day = parse_edtf(candidate.date).start_earliest
    for part in candidate.parts:
        mention = part.mention
        if (
            (mention.side == "KP") == (side == "KP")
            and part.role in ("host", "guest", "speaker")
            and mention.id
        ):
            rank = knowledge.rank_on(mention.id, day)
            return (
                "leaders" if rank in _LEADERS else "ministers" if rank in _MINISTERS else "others"
            )
    return ""
