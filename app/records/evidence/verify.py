"""Check the evidence of events against the articles: each span must have its recorded digest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.records.evidence.quotes import QuoteError, find_quote, given_span, prove, refuse_occurrence
from app.records.evidence.spans import explain_absence, seek_digest
from app.records.evidence.texts import ArticleFolder, UnreadableArticleError
from app.records.models.event import EventRecord, EvidenceRecord
from app.records.models.source import SourceRecord
from app.records.parsing.positions import LocatedRecord


class Verdict(StrEnum):
    """The result for one span of evidence."""

    OK = "ok"
    MISMATCH = "digest mismatch"
    MISSING = "article missing"
    # The source names no article. Not a failure: anybody with a copy can prove it.
    UNPROVED = "without an article"


@dataclass(frozen=True)
class Check:
    """One span of evidence, with its verdict; `detail` gives the words that the article has there."""

    located: LocatedRecord
    pointer: str
    source: str
    verdict: Verdict
    detail: str = ""

    def __str__(self) -> str:
        line = self.located.line(self.pointer)
        place = f"{self.located.file}:{line}: {self.located.record.id}"
        detail = f": {self.detail}" if self.detail else ""
        return (
            f"{place}: {self.located.pointer}{self.pointer}: {self.verdict} ({self.source}){detail}"
        )


def verify_evidence(
    located: Sequence[LocatedRecord], articles: Path, known: Sequence[LocatedRecord] = ()
) -> Iterator[Check]:
    """Check each span of evidence against the text of its article, `articles/NAME.txt` in UTF-8.

    Sources that are not among the records are looked up in `known`. NAME is the name of the article, or
    the id of a source without one. Line ends in the text are not translated, because offsets count its
    code points.
    """
    folder = ArticleFolder(articles)
    names = {
        each.record.id: each.record.article
        for each in (*known, *located)
        if isinstance(each.record, SourceRecord)
    }
    for each in located:
        if not isinstance(each.record, EventRecord):
            continue
        for i, citation in enumerate(each.record.sources):
            for j, evidence in enumerate(citation.evidence):
                verdict, detail = _judge(folder, names, citation.source, evidence)
                yield Check(each, f"/sources/{i}/evidence/{j}", citation.source, verdict, detail)


def _judge(
    folder: ArticleFolder, names: dict[str, str | None], source: str, evidence: EvidenceRecord
) -> tuple[Verdict, str]:
    """Return the verdict on one span, and the reason for it."""
    article = names.get(source)
    try:
        text = folder.find(article or source)
    except UnreadableArticleError as error:
        return Verdict.MISSING, str(error)
    if text is None:
        no_article = article is None and source in names
        return (Verdict.UNPROVED if no_article else Verdict.MISSING), ""
    try:
        _check(text, evidence, source, in_article=article is not None)
    except QuoteError as error:
        return Verdict.MISMATCH, error.explained()
    return Verdict.OK, ""


def _check(text: str, evidence: EvidenceRecord, source: str, *, in_article: bool) -> None:
    """Raise QuoteError unless the text proves the evidence."""
    span = given_span(evidence)
    assert evidence.digest is not None
    if evidence.quote is not None and in_article:
        find_quote(text, evidence.quote, evidence.occurrence, span)
    elif evidence.quote is not None:
        refuse_occurrence(evidence, source)
        if evidence.quote not in text:
            raise QuoteError(explain_absence(text, evidence.quote))
    elif span:
        prove(text, span, evidence.digest)
    elif not seek_digest(text, evidence.digest):
        raise QuoteError("no words of the text have this digest")
