"""Files of records as loading reads them: NDJSON, JSON and YAML, a record at a time."""

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
    """A line for each record: a mapping of its collection to it."""
    for kind, record in records:
        yield write_line(kind.collection, record)


def write_line(collection: str, record: Mapping[str, Any]) -> str:
    """The line of one record of a collection."""
    return f'{{"{collection}":[{_json(record)}]}}\n'


def write_json(records: RecordStream) -> Iterator[str]:
    """One mapping of collections, with a line for each record; those of a kind follow one another."""
    yield "{"
    before = ""
    for kind, of_kind in groupby(records, itemgetter(0)):
        yield f'{before}"{kind.collection}": [\n'
        for n, (_, record) in enumerate(of_kind):
            yield f"{',' if n else ''}{_json(record)}\n"
        yield "]"
        before = ", "
    yield "}\n"


def write_yaml(records: RecordStream) -> Iterator[str]:
    """The same mapping in YAML, as the seeds are written."""
    found = False
    for kind, of_kind in groupby(records, itemgetter(0)):
        found = True
        yield f"{kind.collection}:\n"
        for _, record in of_kind:
            yield yaml.dump(
                [record], Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120
            )
    if not found:
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
    """Quotes every text that our reader, which is of YAML 1.2, would take for something else."""

    def ignore_aliases(self, data: object) -> bool:
        """Values are written out: the reader refuses aliases."""
        return True


# Beside what YAML 1.1 takes for no text, which is the library's own list.
_Dumper.add_implicit_resolver("tag:yaml.org,2002:float", NUMBER, None)
