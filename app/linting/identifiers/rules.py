"""The rule that a page proves each identifier in another database."""

from collections.abc import Iterator, Mapping
from typing import Final

from app.domain.vocabulary import EntityKind
from app.linting.identifiers.proofs import FILE_NAME
from app.linting.index import RecordIndex
from app.linting.rule import Breach, Rule
from app.records.models import ParticipantRecord, PlaceRecord


def _unproved(index: RecordIndex) -> Iterator[Breach]:
    if index.proofs is None:
        return
    kinds: dict[EntityKind, Mapping[str, ParticipantRecord | PlaceRecord]] = {
        EntityKind.PARTICIPANT: index.participants,
        EntityKind.PLACE: index.places,
    }
    for kind, records in kinds.items():
        for record in records.values():
            for scheme, value in record.identifiers.items():
                proof = index.proofs.get((kind, record.id, scheme))
                if proof is None or proof.value != value:
                    text = f"no page in {FILE_NAME} proves {scheme} {value}"
                    yield Breach(record, f"/identifiers/{scheme}", text)
    for (kind, id_, scheme), proof in index.proofs.items():
        named = kinds[kind].get(id_)
        if named is not None and scheme not in named.identifiers:
            text = f"{FILE_NAME} proves {scheme} {proof.value}, which the record lacks"
            yield Breach(named, "", text)


RULES: Final = (
    Rule(
        "identifier-page",
        f"A block of `{FILE_NAME}` beside the records proves each identifier, and each block has its "
        "identifier in a record.",
        "Many people share a name, so an identifier without a second fact joins two lives.",
        _unproved,
    ),
)
