"""The columns of CSV files of records, and the place in the record of each, for reading and for writing."""

import re
from collections.abc import Callable, Collection, Mapping
from itertools import takewhile
from typing import Final, NamedTuple

from app.domain.csv_cells import split_values
from app.domain.languages import Language
from app.domain.vocabulary import EntityKind

# In a path: the cell holds several values, one for each item of a list.
EACH: Final = "*"


class Column(NamedTuple):
    """The place of a cell in the record, and the parser of the cell; by default it is a text.

    `read` raises ValueError, with a sentence, for a cell that it cannot parse. With `key`, the cell is a
    mapping in JSON: from this field of the items in a list to the value of each.
    """

    path: tuple[str, ...]
    read: Callable[[str], object] = str
    key: str = ""


_NUMBER = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)?(?:[eE][-+]?[0-9]{1,3})?")


def _texts(field: str, prefix: str) -> dict[str, Column]:
    return {f"{prefix}_{language}": Column((field, language.value)) for language in Language}


def _fields(*names: str) -> dict[str, Column]:
    return {name: Column((name,)) for name in names}


def _number(cell: str) -> object:
    """Parse a number with a point or, as in half of Europe, a comma. Return other texts."""
    return float(cell.replace(",", ".")) if _NUMBER.fullmatch(cell) else cell


def _flag(cell: str) -> object:
    """Parse `true` or `false`. Return other texts."""
    return {"true": True, "false": False}.get(cell.lower(), cell)


def _identifiers(cell: str) -> dict[str, str]:
    """Parse `wikidata:Q58217; isni:…` into a mapping."""
    identifiers: dict[str, str] = {}
    for pair in split_values(cell):
        scheme, _, value = map(str.strip, pair.partition(":"))
        if scheme in identifiers:
            raise ValueError(f"the scheme {scheme!r} appears twice")
        identifiers[scheme] = value
    return identifiers


LAYOUTS: Final[Mapping[EntityKind, Mapping[str, Column]]] = {
    EntityKind.EVENT: {
        **_fields("id", "type", "subtype", "status", "confidence", "date"),
        **_texts("title", "title"),
        **_texts("summary", "summary"),
        # The names in `/v1/events.csv`, which has one language. They are read as English.
        "title": Column(("title", "en")),
        "summary": Column(("summary", "en")),
        "participant_ids": Column(("participants", EACH, "id")),
        "participant_roles": Column(("participants", EACH, "role")),
        "participant_offices": Column(("participants", EACH, "office")),
        "participant_capacities": Column(("participants", EACH, "capacity")),
        "participant_sides": Column(("participants", EACH, "side")),
        "place_id": Column(("place",)),
        "further_place_ids": Column(("further_places", EACH)),
        "treaty_id": Column(("treaty",)),
        "relation_types": Column(("relations", EACH, "type")),
        "relation_events": Column(("relations", EACH, "event")),
        "source_ids": Column(("sources", EACH, "source")),
        "evidence": Column(("sources", EACH, "evidence"), key="source"),
        "tags": Column(("tags", EACH)),
        "note": Column(("note",)),
    },
    EntityKind.PARTICIPANT: {
        **_fields("id", "kind", "country"),
        **_texts("names", "name"),
        "aliases": Column(("aliases", EACH)),
        "position_titles": Column(("positions", EACH, "title")),
        "position_offices": Column(("positions", EACH, "office")),
        "position_organisations": Column(("positions", EACH, "organisation")),
        "position_from": Column(("positions", EACH, "from")),
        "position_to": Column(("positions", EACH, "to")),
        "identifiers": Column(("identifiers",), _identifiers),
    },
    EntityKind.PLACE: {
        **_fields("id", "country"),
        **_texts("names", "name"),
        "aliases": Column(("aliases", EACH)),
        "part_of": Column(("part_of",)),
        "latitude": Column(("latitude",), _number),
        "longitude": Column(("longitude",), _number),
        "precision": Column(("precision",)),
        "identifiers": Column(("identifiers",), _identifiers),
    },
    EntityKind.OFFICE: {
        **_fields("id", "rank", "country", "organisation", "from", "to"),
        **_texts("names", "name"),
        **_texts("feminine", "feminine"),
        "aliases": Column(("aliases", EACH)),
    },
    EntityKind.PUBLISHER: {
        **_fields("id", "kind", "country", "house"),
        **_texts("names", "name"),
        "aliases": Column(("aliases", EACH)),
        "state": Column(("state",), _flag),
    },
    EntityKind.SOURCE: _fields(
        *("id", "publisher", "agency", "title", "language", "published", "url", "archived_url"),
        *("article", "note"),
    ),
    EntityKind.TAG: {
        **_fields("id", "broader"),
        **_texts("names", "name"),
        **_texts("definition", "definition"),
    },
    EntityKind.TREATY: {
        **_fields("id", "kind"),
        **_texts("names", "name"),
        "aliases": Column(("aliases", EACH)),
        "parties": Column(("parties", EACH)),
        "registration": Column(("registration",)),
    },
}

_STAMPS = ("revision", "created_at", "updated_at")
# The other columns of the server's files. They derive from these or from other records: ignored.
DERIVED: Final[Mapping[EntityKind, frozenset[str]]] = {
    **{kind: frozenset(_STAMPS) for kind in EntityKind},
    EntityKind.EVENT: frozenset(
        {
            *("date_text", "start_earliest", "start_latest", "end_earliest", "end_latest"),
            *("date_precision", "date_approximate", "date_uncertain"),
            *("participant_names", "place_name", "country", "latitude", "longitude"),
            *("place_precision", "treaty_name", "source_publishers", "source_urls"),
            *("participant_ranks", "source_houses", "independent_sources"),
            *_STAMPS,
        }
    ),
    EntityKind.SOURCE: frozenset({"house", *_STAMPS}),
    EntityKind.TREATY: frozenset(
        {
            *("stages", "stage_dates", "stage_statuses", "stage_events"),
            *("in_force_from", "in_force_to", "in_force_known"),
            *_STAMPS,
        }
    ),
}


def column_at(kind: EntityKind, pointer: str, used: Collection[str] = ()) -> str:
    """Return the column, and the number of the value in its cell, for a JSON pointer in a record.

    Of several columns of one place, such as `title_en` and `title`, it is the one with a cell, which is
    `used`. A pointer that no column produces comes back unchanged.
    """
    steps = pointer.split("/")[1:]
    path = [EACH if step.isdigit() else step for step in steps]

    def common_steps(name: str) -> int:
        pairs = zip(path, LAYOUTS[kind][name].path, strict=False)
        return len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))

    # The first of the best columns, because the first column of a list determines its length.
    name = max(LAYOUTS[kind], key=lambda name: (common_steps(name), name in used))
    is_in_list = EACH in path[1:2] and not LAYOUTS[kind][name].key
    number = f", value {int(steps[1]) + 1}" if is_in_list else ""
    return f"column {name}{number}" if common_steps(name) else pointer
