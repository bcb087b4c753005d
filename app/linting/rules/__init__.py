"""All rules, in the order in which `timeline lint --rules` lists them."""

from typing import Final

from app.linting.identifiers import rules as identifiers
from app.linting.rule import Rule
from app.linting.rules import (
    circles,
    dates,
    doubles,
    languages,
    names,
    office_records,
    offices,
    places,
    relations,
    sides,
    sources,
    tags,
    titles,
    treaties,
    unused,
    wording,
)

RULES: Final[tuple[Rule, ...]] = (
    *dates.RULES,
    *relations.RULES,
    *circles.RULES,
    *sides.RULES,
    *offices.RULES,
    *office_records.RULES,
    *sources.RULES,
    *doubles.RULES,
    *treaties.RULES,
    *places.RULES,
    *names.RULES,
    *titles.RULES,
    *languages.RULES,
    *wording.RULES,
    *tags.RULES,
    *unused.RULES,
    *identifiers.RULES,
)
