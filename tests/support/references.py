"""References in the three formats, as programs that are not ours read them."""

import json
from typing import Any, NamedTuple

import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Entry
from pylatexenc.latex2text import LatexNodes2Text

from tests.support.csl_schema import CSL_JSON

_TEX = LatexNodes2Text(keep_braced_groups=False)


class ReadReference(NamedTuple):
    """The facts of a reference that every format has. A date in RIS has slashes."""

    key: str
    type: str
    title: str
    names: list[str]
    date: str | None
    urls: list[str]


def read_ris(text: str) -> list[ReadReference]:
    """Return the records that rispy reads."""
    return [
        ReadReference(
            key=record["id"],
            type=record["type_of_reference"],
            title=record["title"],
            names=[name.removesuffix(",") for name in record.get("authors", [])],
            date=record.get("date"),
            urls=record.get("urls", []),
        )
        for record in rispy.loads(text)
    ]


def bibtex_entries(text: str) -> list[Entry]:
    """Return the entries that bibtexparser reads; fails if it could not read one."""
    library = parse_string(text)
    assert library.failed_blocks == []
    assert [*library.entries_dict] == [entry.key for entry in library.entries]
    return list(library.entries)


def read_bibtex(text: str) -> list[ReadReference]:
    """Return the entries that bibtexparser reads, their texts decoded by pylatexenc."""
    return [decode_entry(entry) for entry in bibtex_entries(text)]


def decode_entry(entry: Entry) -> ReadReference:
    """Return the facts of an entry, with the texts that TeX would print."""
    fields = {name: str(field.value) for name, field in entry.fields_dict.items()}
    return ReadReference(
        key=entry.key,
        type=entry.entry_type,
        title=_decode(fields["title"]),
        names=[_decode(fields["author"])] if "author" in fields else [],
        date=fields.get("date"),
        urls=[fields["url"]] if "url" in fields else [],
    )


def _decode(text: str) -> str:
    # pylatexenc has another circumflex for the ASCII one.
    return str(_TEX.latex_to_text(text)).replace("ˆ", "^")


def read_csl(text: str) -> list[dict[str, Any]]:
    """Return the items of CSL-JSON; fails if they break the schema."""
    items: list[dict[str, Any]] = json.loads(text)
    CSL_JSON.validate(items)
    return items
