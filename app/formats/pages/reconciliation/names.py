"""The names of types and of properties, as people choose them in a program."""

from collections.abc import Mapping
from typing import Final

from app.documents.reconciliation.properties import PropertyId
from app.documents.reconciliation.types import BROADER, EntityType
from app.domain.languages import Language
from app.domain.vocabulary import EntityKind, ParticipantKind
from app.formats.json_objects import JsonObject
from app.formats.pages.catalogues import N_, catalogue
from app.formats.phrases import label

_P = PropertyId
_PROPERTY_NAMES: Final[Mapping[PropertyId, str]] = {
    _P.NAME_EN: N_("Name in English"),
    _P.NAME_FR: N_("Name in French"),
    _P.NAME_RU: N_("Name in Russian"),
    _P.NAME_KO: N_("Name in Korean"),
    _P.ALIAS: N_("Other names"),
    _P.COUNTRY: N_("Country"),
    _P.OFFICE: N_("Office"),
    _P.POSITION: N_("Position"),
    _P.ORGANISATION: N_("Organisation"),
    _P.ACTIVE_ON: N_("Date on which active"),
    _P.EVENTS: N_("Number of events"),
    _P.FIRST_EVENT: N_("Date of the first event"),
    _P.LAST_EVENT: N_("Date of the last event"),
    _P.WIKIDATA: "Wikidata",
    _P.VIAF: "VIAF",
    _P.ISNI: "ISNI",
    _P.RANK: N_("Rank"),
    _P.FOUNDED: N_("From"),
    _P.ABOLISHED: N_("To"),
    _P.PART_OF: N_("Lies within"),
    _P.LATITUDE: N_("Latitude"),
    _P.LONGITUDE: N_("Longitude"),
    _P.PRECISION: N_("Precision of the coordinates"),
    _P.KIND: N_("Kind"),
    _P.PARTY: N_("Party"),
    _P.REGISTRATION: N_("Registration"),
    _P.SIGNED: N_("Date of signature"),
    _P.STAGE_DATE: N_("Date of a stage"),
    _P.IN_FORCE_FROM: N_("In force from"),
    _P.IN_FORCE_TO: N_("In force to"),
}
_KIND_NAMES: Final = {
    EntityType.PARTICIPANT: N_("Person or organisation"),
    EntityType.OFFICE: N_("Office"),
    EntityType.PLACE: N_("Place"),
    EntityType.TREATY: N_("Treaty"),
}


def type_name(language: Language, type_: EntityType) -> str:
    """Return the name of a type."""
    if type_ in BROADER:
        return label(language, ParticipantKind(type_))
    return catalogue(language).gettext(_KIND_NAMES[type_])


def write_type(language: Language, type_: EntityType, *, broader: bool = False) -> JsonObject:
    """Return a type, if `broader` with the wider one."""
    written: JsonObject = {"id": type_, "name": type_name(language, type_)}
    if broader and type_ in BROADER:
        written |= {"broader": [write_type(language, BROADER[type_])]}
    return written


def type_of_kind(language: Language, kind: EntityKind) -> JsonObject:
    """Return the widest type of the entities of a kind."""
    return write_type(language, EntityType(kind))


def write_property(language: Language, name: PropertyId) -> JsonObject:
    """Return a property."""
    return {"id": name, "name": property_name(language, name)}


def property_name(language: Language, name: PropertyId) -> str:
    """Return the name of a property."""
    return catalogue(language).gettext(_PROPERTY_NAMES[name])
