"""Countries that count as one state."""

from typing import Final

# Russia is the successor of the USSR, so a person of the one may act for the other.
_SUCCESSION: Final = {"SU", "RU"}


def are_one_state(one: str, other: str) -> bool:
    """Return whether the countries are the same, or the USSR and Russia."""
    return one == other or {one, other} == _SUCCESSION
