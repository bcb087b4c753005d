"""Countries: their names in four languages, read from `countries.toml`, and the codes of one state."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from app.domain.values import LanguageMap

# Russia is the successor of the USSR, so a person of the one may act for the other.
_SUCCESSION: Final = {"SU", "RU"}


@cache
def country_names() -> Mapping[str, LanguageMap]:
    """Return the name of each country, by its code."""
    table = tomllib.loads(files(__package__).joinpath("countries.toml").read_text("utf-8"))
    return {code: LanguageMap(**names) for code, names in table.items()}


def are_one_state(one: str, other: str) -> bool:
    """Return whether the countries are the same, or the USSR and Russia."""
    return one == other or {one, other} == _SUCCESSION
