"""Rules about the records of offices: their ids and their organisations."""

from collections.abc import Iterator
from typing import Final

from app.domain.labels.countries import are_one_state
from app.linting.index import RecordIndex
from app.linting.rule import Breach, Rule


def _id_without_country(index: RecordIndex) -> Iterator[Breach]:
    for office in index.offices.values():
        if office.country and not office.id.startswith(prefix := f"{office.country.lower()}-"):
            text = f"it is an office of {office.country}: begin its id with {prefix!r}"
            yield Breach(office, "/id", text)


def _organisation_of_another_country(index: RecordIndex) -> Iterator[Breach]:
    for office in index.offices.values():
        country = _country(index, office.organisation)
        if office.country and country and not are_one_state(office.country, country):
            text = f"an office of {office.country} in {office.organisation!r} of {country}"
            yield Breach(office, "/organisation", text)
    for person, number, position in index.positions():
        country = _country(index, position.organisation)
        if country and not are_one_state(person.country, country):
            text = f"a person of {person.country} has a position in {position.organisation!r} of {country}"
            yield Breach(person, f"/positions/{number}/organisation", text)


def _country(index: RecordIndex, organisation: str | None) -> str | None:
    found = index.participants.get(organisation or "")
    return found.country if found else None


RULES: Final = (
    Rule(
        "office-id",
        "The id of an office begins with its country, in lower case.",
        "`kp-premier` and `ru-premier` are told apart at sight, in filters and in exports.",
        _id_without_country,
    ),
    Rule(
        "organisation-of-country",
        "The organisation of an office or of a position is of the same country; Russia succeeds the USSR.",
        "Either the organisation or the country is another one's.",
        _organisation_of_another_country,
    ),
)
