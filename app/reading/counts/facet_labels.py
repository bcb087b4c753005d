"""The labels of the values of facets."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Final

from sqlalchemy import Connection

from app.documents.counting import Facet
from app.domain.date_text import date_texts, recurring_day_texts
from app.domain.labels.countries import country_names
from app.domain.labels.vocabularies import read_labels
from app.domain.values import LanguageMap
from app.domain.vocabulary import (
    Confidence,
    EntityKind,
    EventStatus,
    EventSubtype,
    EventType,
    Rank,
    Role,
)
from app.reading.entity_names import entity_names

_WORDS: Final[Mapping[Facet, type[StrEnum]]] = {
    Facet.TYPE: EventType,
    Facet.SUBTYPE: EventSubtype,
    Facet.STATUS: EventStatus,
    Facet.CONFIDENCE: Confidence,
    Facet.ROLE: Role,
    Facet.RANK: Rank,
}
_ENTITIES: Final[Mapping[Facet, EntityKind]] = {
    Facet.PARTICIPANT: EntityKind.PARTICIPANT,
    Facet.PLACE: EntityKind.PLACE,
    Facet.OFFICE: EntityKind.OFFICE,
    Facet.TREATY: EntityKind.TREATY,
    Facet.TAG: EntityKind.TAG,
    Facet.PUBLISHER: EntityKind.PUBLISHER,
    Facet.AGENCY: EntityKind.PUBLISHER,
    Facet.HOUSE: EntityKind.PUBLISHER,
}
_COUNTRIES: Final = (Facet.SIDE, Facet.COUNTRY)
_DATES: Final = (Facet.YEAR, Facet.DECADE)


def label_values(
    connection: Connection, facet: Facet, values: Collection[str]
) -> Mapping[str, LanguageMap]:
    """Return the label of each value: the value itself if it has no name, such as a deleted tag.

    Names of entities take one statement for 500 of them, names of participants two.
    """
    if facet in _WORDS:
        labels = read_labels()[_WORDS[facet]]
        return {value: labels[_WORDS[facet](value)].label for value in values}
    if facet in _COUNTRIES:
        return {value: country_names()[value] for value in values}
    if facet in _DATES:
        return {value: date_texts(value) for value in values}
    if facet is Facet.MONTH_DAY:
        return {value: recurring_day_texts(*map(int, value.split("-"))) for value in values}
    names = entity_names(connection, _ENTITIES[facet], values) if facet in _ENTITIES else {}
    return {value: names.get(value) or LanguageMap(en=value) for value in values}
