"""Run the rules, leave out the exceptions, and return the findings in the order of the records."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.vocabulary import EntityKind, KindAndSlug
from app.linting.exceptions import LintException
from app.linting.identifiers.proofs import IdentifierProof
from app.linting.index import index_records
from app.linting.rule import Breach
from app.linting.rules import RULES
from app.records.models import KINDS_OF_MODELS, RECORD_MODELS, WithdrawalRecord
from app.records.parsing.positions import LocatedRecord

# The rule of a finding about an exception.
UNUSED_EXCEPTION: Final = "unused-exception"
# The rule of a finding about the proof of an identifier.
STRAY_PROOF: Final = "stray-proof"


@dataclass(frozen=True, slots=True)
class Finding:
    """A record that breaks a rule, and its position."""

    file: str
    line: int | None
    kind: EntityKind
    id: str
    pointer: str
    problem: str
    rule: str

    def __str__(self) -> str:
        position = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{position}: {self.kind} {self.id!r}: {self.problem} [{self.rule}]"


def lint(
    records: Sequence[LocatedRecord],
    known: Sequence[LocatedRecord],
    exceptions: Collection[LintException],
    today: date,
    proofs: Collection[IdentifierProof] | None = None,
) -> list[Finding]:
    """Return the findings about `records`. `known` holds the records to which these may refer.

    `proofs` are those of identifiers; with None, records have no
    file of them. A record that is withdrawn counts no more. An exception that excepts nothing is a finding too,
    unless its record is only known.
    """
    records, known = _without_withdrawn(records, known)
    located = {(each.kind, each.record.id): each for each in records}
    excepted = {(each.rule, each.kind, each.id): each for each in exceptions}
    used = set()
    findings = []
    # A rule about two records blames the later one, which is to be among the judged.
    others = [each for each in known if (each.kind, each.record.id) not in located]
    for rule, breach in _breaches([*others, *records], today, proofs, located.keys()):
        places = [
            (KINDS_OF_MODELS[type(each)], each.id) for each in (breach.record, breach.other) if each
        ]
        if exceptions_used := {(rule, *place) for place in places} & excepted.keys():
            used |= exceptions_used
        elif places[0] in located:
            findings.append(_finding(located[places[0]], breach, rule))
    only_known = {(each.kind, each.record.id) for each in known} - located.keys()
    for key, exception in excepted.items():
        if key not in used and key[1:] not in only_known:
            findings.append(_unused(exception))
    there = {(each.kind, each.record.id) for each in (*known, *records)}
    findings += [_stray(each) for each in proofs or () if (each.kind, each.id) not in there]
    return sorted(findings, key=lambda each: (each.file, each.line or 0, each.rule))


def _without_withdrawn(
    records: Sequence[LocatedRecord], known: Sequence[LocatedRecord]
) -> tuple[list[LocatedRecord], list[LocatedRecord]]:
    """Return both without the withdrawals among the records and the known records that these name."""
    withdrawn = {
        (each.kind, each.record.id) for each in records if isinstance(each.record, WithdrawalRecord)
    }
    return (
        [each for each in records if not isinstance(each.record, WithdrawalRecord)],
        [each for each in known if (each.kind, each.record.id) not in withdrawn],
    )


def _breaches(
    located: Sequence[LocatedRecord],
    today: date,
    proofs: Collection[IdentifierProof] | None,
    judged: Iterable[KindAndSlug],
) -> Iterator[tuple[str, Breach]]:
    subjects = {(RECORD_MODELS[kind], id_) for kind, id_ in judged}
    index = index_records((each.record for each in located), today, subjects, proofs)
    for rule in RULES:
        for breach in rule.check(index):
            yield rule.id, breach


def _finding(located: LocatedRecord, breach: Breach, rule: str) -> Finding:
    return Finding(
        file=located.file,
        line=located.line(breach.pointer),
        kind=located.kind,
        id=located.record.id,
        pointer=breach.pointer,
        problem=breach.text,
        rule=rule,
    )


def _stray(proof: IdentifierProof) -> Finding:
    problem = "there is no such record: remove the proof of its identifier"
    return Finding(proof.file, proof.line, proof.kind, proof.id, "", problem, rule=STRAY_PROOF)


def _unused(exception: LintException) -> Finding:
    return Finding(
        file=exception.file,
        line=exception.line,
        kind=exception.kind,
        id=exception.id,
        pointer="",
        problem=f"the record does not break the rule {exception.rule!r}: remove the exception",
        rule=UNUSED_EXCEPTION,
    )
