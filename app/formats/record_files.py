"""Files of records in NDJSON, JSON and YAML that loading reads back, written a record at a time."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import yaml

from app.domain.vocabulary import EntityKind
from app.records.parsing.yaml_text import NUMBER

RecordStream = Iterable[tuple[EntityKind, Mapping[str, Any]]]


def write_ndjson(records: RecordStream) -> Iterator[str]:
    """Yield a line for each record: a mapping from its collection to a list of it."""
    for kind, record in records:
        yield write_line(kind.collection, record)


def write_line(collection: str, record: Mapping[str, Any]) -> str:
    """Return the NDJSON line of one record of a collection."""
    return f'{{"{collection}":[{_json(record)}]}}\n'


def write_json(records: RecordStream) -> Iterator[str]:
    """Yield one mapping of collections with a line for each record; `records` are grouped by kind."""
    yield "{"
    separator = ""
    for kind, of_kind in groupby(records, itemgetter(0)):
        yield f'{separator}"{kind.collection}": [\n'
        for n, (_, record) in enumerate(of_kind):
            yield f"{',' if n else ''}{_json(record)}\n"
        yield "]"
        separator = ", "
    yield "}\n"


def write_yaml(records: RecordStream) -> Iterator[str]:
    """Yield the same mapping in YAML, in the style of the seeds."""
    empty = True
    for kind, of_kind in groupby(records, itemgetter(0)):
        empty = False
        yield f"{kind.collection}:\n"
        for _, record in of_kind:
            yield yaml.dump(
                [record], Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120
            )
    if empty:
        yield "{}\n"


WRITERS: Final[Mapping[str, Callable[[RecordStream], Iterator[str]]]] = {
    "ndjson": write_ndjson,
    "json": write_json,
    "yaml": write_yaml,
}


def _json(record: Mapping[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


_Base: Any = yaml.CSafeDumper if yaml.__with_libyaml__ else yaml.SafeDumper


class _Dumper(_Base):  # type: ignore[misc]
    """Quotes every text that our YAML 1.2 reader would not read as a text."""

    def ignore_aliases(self, data: object) -> bool:
        """Write repeated values out: the reader refuses aliases."""
        return True


# The library's own list covers YAML 1.1; these are numbers in YAML 1.2 only.
_Dumper.add_implicit_resolver("tag:yaml.org,2002:float", NUMBER, None)
