"""Check a proof: rebuild its state from a copy of the log, ask its query again, and compare."""

import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from app.documents.proof import HOW_TO_CHECK, ProofFile
from app.documents.unknown import UnknownValue
from app.domain import dataset
from app.proving.bundle_file import UnreadableError, shown
from app.proving.differences import Mismatch, document_differences
from app.proving.log_copy import Change, ProvedCopy
from app.reading import lists
from app.reading.filters.meant import as_meant
from app.reading.listing import stream_items
from app.reading.parameters.canonical import canonical, event_filters
from app.reading.parameters.events import EventFilters, EventSort
from app.reading.unknown_ids import find_unknown_ids
from app.tables.database import Database
from app.tables.engines import immutable_url
from app.writing.snapshots.build import build_from_log
from app.writing.upkeep.check.fault import DAMAGE


class ProofVerdict(NamedTuple):
    """The result of a check: the differences, which refute the proof, and remarks, which do not."""

    differences: list[Mismatch]
    remarks: list[str]


class _RebuiltAnswer(NamedTuple):
    """The events that match in the rebuilt state, as bytes, and the unknown ids if none does."""

    documents: list[bytes]
    unknown: list[UnknownValue]


def check_proof(proof: ProofFile, changes: Iterable[Change], version: str) -> ProofVerdict:
    """Compare a proof with a copy of the log, read by a program of this version.

    Raises UnreadableError if the copy cannot be read, is damaged, or ends before the state, and
    FiltersError if the parameters choose no events.
    """
    filters = event_filters(proof.parameters)
    copy = ProvedCopy(changes, proof.state.seq)
    answer = _answer(copy, filters)
    differences = [
        *_log_differences(proof, copy),
        *_query_differences(proof, filters),
        *_answer_differences(proof, answer),
    ]
    return ProofVerdict(differences, [*_remarks(proof, copy, answer, version)])


def _answer(copy: ProvedCopy, filters: EventFilters) -> _RebuiltAnswer:
    with TemporaryDirectory(prefix="timeline-") as folder:
        path = Path(folder, "state.sqlite")
        _rebuild(copy, path)
        url = immutable_url(path)
        with closing(Database(url)) as database, database.read(unlimited=True) as connection:
            meant = as_meant(connection, filters)
            listing = lists.events(meant, EventSort.DATE_DESCENDING)
            documents = [*stream_items(connection, replace(listing, filters=None))]
            return _RebuiltAnswer(
                documents, [] if documents else find_unknown_ids(connection, meant)
            )


def _rebuild(copy: ProvedCopy, path: Path) -> None:
    try:
        build_from_log(copy.rows(), path)
    except UnreadableError:
        raise
    except DAMAGE as error:
        # The digests are right, so somebody wrote a log that this program never would.
        raise UnreadableError(
            f"the changes of this log make no data that this program can read: {error!r:.200}"
        ) from None


def _log_differences(proof: ProofFile, copy: ProvedCopy) -> Iterator[Mismatch]:
    yield from _differs("dataset/name", proof.dataset.name, dataset.NAME)
    yield from _differs("dataset/first_digest", proof.dataset.first_digest, copy.first_digest)
    yield from _differs("state/digest", proof.state.digest, copy.digest)
    if proof.state.at != copy.at:
        yield Mismatch("state/at", f"the proof has {proof.state.at}, the log {copy.at}")
    first, last = copy.write
    if last != proof.state.seq:
        before = f"{first - 1} or {last}" if first > 1 else f"{last}"
        yield Mismatch(
            "state/seq",
            f"one write made the changes {first} to {last}, so nobody could read the data after "
            f"{proof.state.seq}, and it proves nothing: ask for a proof as of {before}",
        )


def _query_differences(proof: ProofFile, filters: EventFilters) -> Iterator[Mismatch]:
    normal = canonical(filters)
    yield from _differs("parameters", proof.parameters, normal, "the normal form is")
    parts = urlsplit(proof.url)
    pairs = [(name, value) for name, values in normal.items() for value in values]
    asked = sorted(parse_qsl(parts.query, keep_blank_values=True))
    if not parts.path.endswith("/v1/events") or asked != sorted(
        [*pairs, ("as_of", str(proof.state.seq))]
    ):
        yield Mismatch("url", "the address asks for something else than the parameters")


def _answer_differences(proof: ProofFile, answer: _RebuiltAnswer) -> Iterator[Mismatch]:
    documents = [json.loads(each) for each in answer.documents]
    yield from document_differences(proof.documents, documents)
    if proof.count != len(documents):
        yield Mismatch("count", f"the proof has {proof.count}, the log {len(documents)}")
    digest = sha256(b"".join(each + b"\n" for each in answer.documents)).hexdigest()
    yield from _differs("documents_digest", proof.documents_digest, digest)
    said, found = _ids(proof.unknown), _ids(answer.unknown)
    yield from _differs("unknown", said, found)


def _ids(unknown: Iterable[UnknownValue]) -> list[str]:
    """Return the values alone: the nearest ids are advice, and no fact of the state."""
    return [f"{each.parameter}={each.value}" for each in unknown]


def _differs(place: str, said: Any, found: Any, name: str = "the log") -> Iterator[Mismatch]:
    if said != found:
        yield Mismatch(place, f"the proof has {shown(said)}, {name} {shown(found)}")


def _remarks(
    proof: ProofFile, copy: ProvedCopy, answer: _RebuiltAnswer, version: str
) -> Iterator[str]:
    if proof.version != version:
        yield (
            f"the proof was made by version {shown(proof.version)}, and this is {version}: filters may "
            "mean something else"
        )
    if proof.how_to_check != HOW_TO_CHECK:
        yield "how_to_check differs from the text of this version"
    if not copy.continues:
        yield (
            f"this copy of the log ends with change {copy.write[1]}, so it cannot show that a write "
            "ended there: compare with a copy that goes on"
        )
    for each in answer.unknown:
        yield (
            f"no record had the id {each.value!r} ({each.parameter}): that nothing matches may be a "
            "mistake in the query"
        )
