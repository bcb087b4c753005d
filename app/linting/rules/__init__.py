"""All rules, in the order in which `timeline lint --rules` lists them."""

from typing import Final

from app.linting.rule import Rule
from app.linting.rules import (
    dates,
    doubles,
    names,
    offices,
    places,
    relations,
    sides,
    sources,
    tags,
    treaties,
    unused,
    wording,
)

RULES: Final[tuple[Rule, ...]] = (
    *dates.RULES,
    *relations.RULES,
    *sides.RULES,
    *offices.RULES,
    *sources.RULES,
    *doubles.RULES,
    *treaties.RULES,
    *places.RULES,
    *names.RULES,
    *wording.RULES,
    *tags.RULES,
    *unused.RULES,
)
