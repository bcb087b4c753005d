"""The names of countries in four languages, read from `countries.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from app.domain.values import LanguageMap


@cache
def country_names() -> Mapping[str, LanguageMap]:
    """Return the name of each country, by its code."""
    table = tomllib.loads(files(__package__).joinpath("countries.toml").read_text("utf-8"))
    return {code: LanguageMap(**names) for code, names in table.items()}
