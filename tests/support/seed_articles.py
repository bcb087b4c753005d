"""Draft the source articles of the seeds again, and compare the drafts with the reviewed records.

`make seeds-articles` runs this: `python -m tests.support.seed_articles FOLDER`. The folder has the texts,
`NAME.txt`, which are no part of the project. The second line of `seeds/articles/NAME.yaml` is the command that
drafted it.
"""

import shlex
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from app.documents.draft import DraftEvent
from app.domain.languages import Language
from app.domain.plural import counted
from app.drafting.draft import Drafter
from app.drafting.knowledge import KINDS, knowledge_of
from app.reading.listing import all_documents
from app.records.models import EventRecord
from app.records.models.draft_request import published_day
from app.records.parsing.files import read_files
from app.settings import PROJECT_ROOT
from app.setup import prepare
from app.tables.database import Database

_SEEDS = PROJECT_ROOT / "seeds"
FOLDER = _SEEDS / "articles"


class Comparison(NamedTuple):
    """A draft beside the reviewed events: those found, the fields corrected, and events that nobody reviewed."""

    article: str
    reviewed: Sequence[str]
    found: Sequence[str]
    corrected: Sequence[str]
    unreviewed: Sequence[str]


def main() -> None:
    """Print the comparisons. Exit with 1 if a draft has an event that nobody has reviewed."""
    texts = Path(sys.argv[1])
    with TemporaryDirectory() as folder, closing(Database(f"sqlite:///{folder}/seeds.db")) as seeds:
        assert prepare(seeds, _SEEDS) == []
        with seeds.read() as connection:
            drafter = Drafter(knowledge_of(all_documents(connection, KINDS)))
    comparisons = [compare(drafter, path, texts) for path in sorted(FOLDER.glob("*.yaml"))]
    for each in comparisons:
        print(
            f"{each.article}: {len(each.found)} of {counted(len(each.reviewed), 'event')} drafted"
        )
        for event in each.reviewed:
            print(f"  {'drafted' if event in each.found else 'missed '} {event}")
        for line in (*each.corrected, *each.unreviewed):
            print(f"  {line}")
    if any(each.unreviewed for each in comparisons):
        sys.exit(1)


def compare(drafter: Drafter, path: Path, texts: Path) -> Comparison:
    """Draft the article of a reviewed file, and compare."""
    name, options = _command(path)
    document = drafter.draft(
        (texts / name).read_text(),
        published_day(options["published"]),
        Language(options["language"]),
        options["source"],
    )
    located, errors = read_files([path])
    assert errors == []
    reviewed = {e.record.id: e.record for e in located if isinstance(e.record, EventRecord)}
    known = {event.comparison.event: event for event in document.events}
    return Comparison(
        article=name,
        reviewed=[*reviewed],
        found=[event for event in reviewed if event in known],
        corrected=[
            line
            for id, record in reviewed.items()
            if id in known
            for line in _changes(known[id], record)
        ],
        unreviewed=[
            f"not reviewed: {event.id}"
            for event in document.events
            if event.comparison.event is None
        ],
    )


def _command(path: Path) -> tuple[str, dict[str, str]]:
    """Return the name of the text and the options of the command that drafted the file."""
    line = path.read_text().splitlines()[1]
    name, *options = shlex.split(line.removeprefix("# timeline draft "))
    return name, {
        key.removeprefix("--"): value for key, value in zip(*[iter(options)] * 2, strict=True)
    }


def _changes(drafted: DraftEvent, record: EventRecord) -> Iterator[str]:
    """Yield the fields of a draft that the editor has changed."""
    ours = {
        "type": f"{record.type}/{record.subtype}",
        "status": record.status,
        "date": str(record.date),
        "place": record.place,
        "participants": ", ".join(sorted(p.id for p in record.participants)),
    }
    draft = {
        "type": f"{drafted.type}/{drafted.subtype}",
        "status": drafted.status,
        "date": drafted.date,
        "place": drafted.place,
        "participants": ", ".join(sorted(p.id or p.name for p in drafted.participants)),
    }
    for field, value in ours.items():
        if value != draft[field]:
            yield f"corrected {record.id}: {field} {draft[field]} → {value}"


if __name__ == "__main__":
    main()
