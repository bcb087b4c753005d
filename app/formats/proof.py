"""The proof of an answer as JSON, written while its documents are read."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from app.documents.proof import HOW_TO_CHECK, PROOF_FORMAT
from app.documents.unknown import UnknownValue
from app.domain import dataset
from app.domain.instants import rfc3339


class ProvedQuery(NamedTuple):
    """A query in one state of one log."""

    version: str
    first_digest: str
    seq: int
    at: datetime
    digest: str
    parameters: dict[str, list[str]]
    url: str


def write_proof(
    query: ProvedQuery,
    documents: Iterable[bytes],
    find_unknown: Callable[[], Sequence[UnknownValue]],
) -> Iterator[bytes]:
    """Yield the JSON of a ProofBundle. `find_unknown` is called if there is no document."""
    yield b"%b,\n" % _json(_head(query))[:-1]
    yield b'"documents":['
    count, digest = 0, sha256()
    for document in documents:
        digest.update(document + b"\n")
        yield b"%b\n%b" % (b"," if count else b"", document)
        count += 1
    unknown = [] if count else [each.model_dump() for each in find_unknown()]
    end = {
        "count": count,
        "unknown": unknown,
        "documents_digest": digest.hexdigest(),
        "how_to_check": HOW_TO_CHECK,
    }
    yield b"],\n%b\n" % _json(end)[1:]


def _head(query: ProvedQuery) -> dict[str, Any]:
    state = {"seq": query.seq, "at": rfc3339(query.at), "digest": query.digest}
    return {
        "format": PROOF_FORMAT,
        "version": query.version,
        "dataset": {"name": dataset.NAME, "first_digest": query.first_digest},
        "state": state,
        "parameters": query.parameters,
        "url": query.url,
    }


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
