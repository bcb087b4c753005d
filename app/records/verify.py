"""Check the evidence of events against the articles: each span must have its recorded digest."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.records.models.event import EventRecord, EvidenceRecord
from app.records.models.source import SourceRecord
from app.records.parsing.positions import LocatedRecord


class Verdict(StrEnum):
    """The result for one span of evidence."""

    OK = "ok"
    MISMATCH = "digest mismatch"
    MISSING = "article missing"


@dataclass(frozen=True)
class Check:
    """One span of evidence, with its verdict."""

    located: LocatedRecord
    pointer: str
    source: str
    verdict: Verdict

    def __str__(self) -> str:
        line = self.located.line(self.pointer)
        place = f"{self.located.file}:{line}: {self.located.record.id}"
        return f"{place}: {self.located.pointer}{self.pointer}: {self.verdict} ({self.source})"


def verify_evidence(
    located: Sequence[LocatedRecord], articles: Path, known: Sequence[LocatedRecord] = ()
) -> Iterator[Check]:
    """Check each span of evidence against the text of its article, `articles/NAME.txt` in UTF-8.

    Sources that are not among the records are looked up in `known`. Line ends in the text are not
    translated, because offsets count its code points.
    """
    texts = {
        each.record.id: _read(articles, each.record.article)
        for each in (*known, *located)
        if isinstance(each.record, SourceRecord) and each.record.article is not None
    }
    for each in located:
        if not isinstance(each.record, EventRecord):
            continue
        for i, citation in enumerate(each.record.sources):
            for j, evidence in enumerate(citation.evidence):
                verdict = _judge(texts.get(citation.source), evidence)
                yield Check(each, f"/sources/{i}/evidence/{j}", citation.source, verdict)


def _read(articles: Path, name: str) -> str | None:
    path = articles / f"{name}.txt"
    return path.read_bytes().decode("utf-8", "replace") if path.is_file() else None


def _judge(text: str | None, evidence: EvidenceRecord) -> Verdict:
    if text is None:
        return Verdict.MISSING
    span = text[evidence.selector.start : evidence.selector.end]
    digest = hashlib.sha256(span.encode("utf-8", "surrogatepass")).hexdigest()
    whole = len(span) == evidence.selector.end - evidence.selector.start
    return Verdict.OK if whole and digest == evidence.digest else Verdict.MISMATCH
