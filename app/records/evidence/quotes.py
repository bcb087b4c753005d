"""Turn quotes into offsets, and prove the offsets that are given, against the texts of articles."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from app.domain.plural import counted
from app.domain.values import TextSelector
from app.records.evidence.spans import (
    FoundSpan,
    digest_of,
    explain_absence,
    find_all,
    find_digest,
    shown,
)
from app.records.evidence.texts import ArticleTexts, UnreadableArticleError
from app.records.models.event import EventRecord, EvidenceRecord
from app.records.models.source import SourceRecord
from app.records.parsing.files import MAX_ERRORS
from app.records.parsing.mappings import RecordOrError
from app.records.parsing.positions import LocatedRecord

# The names of the articles of these sources, as far as they exist; None for a source without one.
FindArticles = Callable[[set[str]], Mapping[str, str | None]]
_MAX_NAMED: Final = 5
# Explaining an error may take a second, and a body may have thousands.
_MAX_EXPLAINED: Final = 20


class QuoteError(ValueError):
    """Words that are not where the evidence says; `field` of the evidence is wrong."""

    def __init__(
        self, problem: str, field: str = "", explain: Callable[[], str] | None = None
    ) -> None:
        super().__init__(problem)
        self.field = field
        self._explain = explain

    def explained(self) -> str:
        """Return the problem with the words that the article has instead; this searches the article."""
        return self._explain() if self._explain else str(self)


def resolve_quotes(
    found: Iterable[RecordOrError], texts: ArticleTexts, find_articles: FindArticles
) -> Iterator[RecordOrError]:
    """Yield each record and error that is found, with the selector of each quote.

    An event with evidence from a source that did not come yet waits for the end, because the source may
    follow it. A quote that is absent, or that occurs several times without `occurrence`, is an error, and
    so is a selector that the text contradicts; at most MAX_ERRORS. The source may be unknown: that is for
    later checks.
    """
    waiting: list[LocatedRecord] = []
    articles: dict[str, str | None] = {}
    resolver = _Resolver(texts, articles)
    for each in found:
        if isinstance(each, LocatedRecord) and isinstance(each.record, SourceRecord):
            articles[each.record.id] = each.record.article
        if not isinstance(each, LocatedRecord) or not _needs_texts(each, texts):
            yield each
        elif articles.keys() >= _cited(each):
            yield from resolver.resolve(each)
        else:
            waiting.append(each)
    cited = {source for each in waiting for source in _cited(each)} - articles.keys()
    articles.update(find_articles(cited) if cited else {})
    for each in waiting:
        yield from resolver.resolve(each)


class _Resolver:
    """Resolves the evidence of events, and counts the errors."""

    def __init__(self, texts: ArticleTexts, articles: Mapping[str, str | None]) -> None:
        self._texts = texts
        self._articles = articles
        self._errors = 0

    def resolve(self, event: LocatedRecord) -> Iterator[RecordOrError]:
        """Yield the event with its selectors, or its errors instead."""
        errors = [*_errors(event, self._texts, self._articles)]
        for place, error in errors:
            self._errors += 1
            if self._errors <= MAX_ERRORS:
                explains = self._errors <= _MAX_EXPLAINED
                yield event.error(place, error.explained() if explains else str(error))
        if not errors:
            yield event


def _needs_texts(each: LocatedRecord, texts: ArticleTexts) -> bool:
    """Return whether the event has a quote, or a selector that a text could prove."""
    record = each.record
    return isinstance(record, EventRecord) and any(
        texts.prove or evidence.quote is not None
        for citation in record.sources
        for evidence in citation.evidence
    )


def _cited(each: LocatedRecord) -> set[str]:
    assert isinstance(each.record, EventRecord)
    return {citation.source for citation in each.record.sources if citation.evidence}


def _errors(
    each: LocatedRecord, texts: ArticleTexts, articles: Mapping[str, str | None]
) -> Iterator[tuple[str, QuoteError]]:
    """Set the selectors of the event's evidence. Yield each error with its place in the record."""
    assert isinstance(each.record, EventRecord)
    for i, citation in enumerate(each.record.sources):
        if citation.source not in articles:
            continue
        for j, evidence in enumerate(citation.evidence):
            try:
                span = _place(evidence, citation.source, articles[citation.source], texts)
            except QuoteError as error:
                yield f"/sources/{i}/evidence/{j}{error.field and f'/{error.field}'}", error
            else:
                evidence.selector = TextSelector(start=span.start, end=span.end) if span else None


def _place(
    evidence: EvidenceRecord, source: str, article: str | None, texts: ArticleTexts
) -> FoundSpan | None:
    """Return the span of the evidence, or None in a source without an article; raises QuoteError.

    Evidence that lacks a selector, or has one too many, is for later checks.
    """
    given = given_span(evidence)
    if article is None:
        _check_without_article(evidence, source, texts)
        return given
    if evidence.quote is None and given is None:
        return None
    text = _text(texts, article)
    if text is None:
        if given is None:
            problem = f"the text of the article {article!r} is needed to find this quote"
            raise QuoteError(f"{problem}: {texts.advice(article)}", "quote")
        return given
    if evidence.quote is not None:
        return find_quote(text, evidence.quote, evidence.occurrence, given)
    assert given is not None and evidence.digest is not None
    prove(text, given, evidence.digest)
    return given


def _check_without_article(evidence: EvidenceRecord, source: str, texts: ArticleTexts) -> None:
    """Raise QuoteError for a wrong quote. The reader may have the text under the id of the source."""
    refuse_occurrence(evidence, source)
    text = _text(texts, source) if evidence.quote is not None else None
    if text is not None and evidence.quote is not None and evidence.quote not in text:
        raise _absent(text, evidence.quote)


def refuse_occurrence(evidence: EvidenceRecord, source: str) -> None:
    """Raise QuoteError for the number of a quote in a source without an article."""
    if evidence.occurrence is not None:
        raise QuoteError(
            f"the source {source!r} names no article, in whose text the quote could occur twice: leave "
            "occurrence out",
            "occurrence",
        )


def _text(texts: ArticleTexts, article: str) -> str | None:
    try:
        return texts.find(article)
    except UnreadableArticleError as error:
        raise QuoteError(str(error)) from None


def given_span(evidence: EvidenceRecord) -> FoundSpan | None:
    """Return the span that the selector of the evidence gives, if it has one."""
    return FoundSpan(evidence.selector.start, evidence.selector.end) if evidence.selector else None


def _absent(text: str, quote: str) -> QuoteError:
    problem = "the article does not have this quote"
    return QuoteError(problem, "quote", lambda: explain_absence(text, quote))


def find_quote(text: str, quote: str, occurrence: int | None, given: FoundSpan | None) -> FoundSpan:
    """Return the span of the quote: the given one, the only one, or the one with this number.

    Raises QuoteError.
    """
    spans = find_all(text, quote)
    if not spans:
        raise _absent(text, quote)
    if occurrence is not None and occurrence > len(spans):
        raise QuoteError(
            f"the quote occurs {_times(len(spans))}, not {occurrence} times", "occurrence"
        )
    if given is not None and given not in spans:
        problem = f"{standing(text, given)}; the quote is at {_listed(spans)}"
        raise QuoteError(problem, "selector")
    chosen = given or (spans[occurrence - 1] if occurrence else spans[0])
    if given and occurrence and spans[occurrence - 1] != given:
        raise QuoteError(f"occurrence {occurrence} is at {spans[occurrence - 1]}", "selector")
    if len(spans) > 1 and not (occurrence or given):
        numbers = "1 or 2" if len(spans) == 2 else f"1 to {len(spans)}"
        raise QuoteError(
            f"the quote occurs {_times(len(spans))} ({_listed(spans)}): say occurrence: {numbers}, or "
            "quote more words",
            "quote",
        )
    return chosen


def prove(text: str, span: FoundSpan, digest: str) -> None:
    """Raise QuoteError unless the span has words with the digest; says where they are now."""
    length = span.end - span.start
    if span.end <= len(text) and digest_of(text[span.start : span.end]) == digest:
        return
    problem = standing(text, span)

    def explain() -> str:
        moved = find_digest(text, digest, length)
        if moved:
            return f"{problem}; the words with this digest are now at {_listed(moved)}"
        return f"{problem}; no {counted(length, 'character')} of the article have this digest"

    raise QuoteError(f"{problem}, which do not have this digest", "selector", explain)


def standing(text: str, span: FoundSpan) -> str:
    """Return a sentence with the words at a span of the text, or the length of a shorter text."""
    if span.end > len(text):
        return f"the article ends at character {len(text)}, before {span.end}"
    return f"{span} are {shown(text[span.start : span.end])}"


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _listed(spans: list[FoundSpan]) -> str:
    more = " …" if len(spans) > _MAX_NAMED else ""
    return ", ".join(map(str, spans[:_MAX_NAMED])) + more
