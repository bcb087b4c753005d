"""Quotes become the spans of an article, exactly; a near miss is told, and never taken."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.values import TextSelector
from app.records.evidence.quotes import QuoteError, prove, resolve_quotes
from app.records.evidence.spans import (
    FoundSpan,
    digest_of,
    explain_absence,
    find_all,
    seek_digest,
)
from app.records.evidence.texts import (
    WITHOUT_BODY,
    WITHOUT_FOLDER,
    ArticleFolder,
    ArticleTexts,
    AttachedTexts,
)
from app.records.models import EventRecord
from app.records.parsing.errors import RecordError
from app.records.parsing.positions import LocatedRecord
from tests.support.builders import located, make_event, make_source

TEXT = (
    "MOSCOW, Friday.\nThe ministers met on Friday; they will meet on\u00a0Monday.\n"
    "“We agree”, said Lavrov — at noon. Cr\u00e8me."
)
ARTICLES: Mapping[str, str | None] = {"tass-1": "000_1", "web": None}


def _resolve(
    evidence: dict[str, Any], texts: ArticleTexts | None = None, source: str = "tass-1"
) -> EventRecord | str:
    """Return the event with its evidence resolved, or the place and the problem of its only error."""
    cited = [{"source": source, "evidence": [{"supports": ["date"], **evidence}]}]
    texts = texts or AttachedTexts({"000_1": TEXT})
    (found,) = resolve_quotes(
        [located(make_event(sources=cited))], texts, lambda ids: {i: ARTICLES[i] for i in ids}
    )
    if isinstance(found, RecordError):
        return f"{found.pointer.removeprefix('/sources/0/evidence/0')}: {found.problem}"
    assert isinstance(found, LocatedRecord)
    assert isinstance(found.record, EventRecord)
    return found.record


def _stored(evidence: dict[str, Any], **more: Any) -> dict[str, Any]:
    event = _resolve(evidence, **more)
    assert isinstance(event, EventRecord), event
    stored: dict[str, Any] = event.to_plain()["sources"][0]["evidence"][0]
    return stored


class TestResolveQuotes:
    def test_a_quote_becomes_offsets_and_a_digest_and_goes(self) -> None:
        assert _stored({"quote": "met on Friday"}) == {
            "supports": ["date"],
            "basis": "stated",
            "selector": {"start": 30, "end": 43},
            "digest": digest_of("met on Friday"),
            "note": None,
        }

    def test_the_occurrence_chooses(self) -> None:
        starts = [
            _stored({"quote": "Friday", "occurrence": n})["selector"]["start"] for n in (1, 2)
        ]

        assert starts == [8, 37]

    def test_given_offsets_choose_too(self) -> None:
        selector = {"start": 37, "end": 43}

        assert _stored({"quote": "Friday", "selector": selector})["selector"] == selector

    def test_a_source_without_an_article_has_a_digest_alone(self) -> None:
        stored = _stored({"quote": "not in any text"}, source="web")

        assert (stored["selector"], stored["digest"]) == (None, digest_of("not in any text"))

    @pytest.mark.parametrize(
        ("evidence", "problem"),
        [
            pytest.param(
                {"quote": "Friday"},
                "/quote: the quote occurs twice (characters 8 to 14, characters 37 to 43): say "
                "occurrence: 1 or 2, or quote more words",
                id="twice",
            ),
            pytest.param(
                {"quote": "on"},
                "/quote: the quote occurs 4 times (characters 34 to 36, ",
                id="four times",
            ),
            pytest.param(
                {"quote": "met", "occurrence": 2},
                "/occurrence: the quote occurs once, not 2 times",
                id="an occurrence too many",
            ),
            pytest.param(
                {"quote": "Sunday"}, "/quote: the article does not have this quote", id="absent"
            ),
            pytest.param(
                {"quote": "on Monday"},
                '/quote: the quote differs from the article in white space; the article has "on\\u00a0'
                'Monday": write exactly that',
                id="white space",
            ),
            pytest.param(
                {"quote": "Friday. The"},
                '/quote: the quote differs from the article in white space; the article has "Friday.\\n'
                'The": write exactly that',
                id="a line feed",
            ),
            pytest.param(
                {"quote": '"We agree"'},
                "/quote: the quote differs from the article in quotation marks; the article has "
                '"“We agree”": write exactly that',
                id="quotation marks",
            ),
            pytest.param(
                {"quote": "Lavrov - at noon"},
                '/quote: the quote differs from the article in dashes; the article has "Lavrov — at '
                'noon": write exactly that',
                id="dashes",
            ),
            pytest.param(
                {"quote": "Cre\u0300me"},
                "/quote: the quote differs from the article in capital letters or the form of its "
                'letters; the article has "Crème": write exactly that',
                id="another form of a letter",
            ),
            pytest.param(
                {"quote": "The ministers met in Moscow"},
                '/quote: the article does not have this quote, only its beginning "The ministers met ", '
                'at character 16; there it goes on "on Friday; they',
                id="the beginning only",
            ),
            pytest.param(
                {"quote": "met on", "selector": {"start": 0, "end": 6}},
                '/selector: characters 0 to 6 are "MOSCOW"; the quote is at characters 30 to 36',
                id="a quote elsewhere",
            ),
            pytest.param(
                {"selector": {"start": 0, "end": 3}, "digest": digest_of("met")},
                '/selector: characters 0 to 3 are "MOS"; the words with this digest are now at '
                "characters 30 to 33",
                id="offsets that moved",
            ),
            pytest.param(
                {"selector": {"start": 900, "end": 910}, "digest": "0" * 64},
                f"/selector: the article ends at character {len(TEXT)}, before 910; no 10 characters of "
                "the article have this digest",
                id="offsets beyond the end",
            ),
        ],
    )
    def test_an_error_says_what_the_article_has(
        self, evidence: dict[str, Any], problem: str
    ) -> None:
        found = _resolve(evidence)

        assert isinstance(found, str)
        assert found.startswith(problem)

    @pytest.mark.parametrize(
        ("texts", "advice"),
        [
            (WITHOUT_FOLDER, "give the folder that has 000_1.txt with --articles"),
            (WITHOUT_BODY, "send the record to POST /v1/imports with the text"),
            (AttachedTexts({}), 'add its text to the body: "articles": {"000_1": "…"}'),
        ],
        ids=["command", "one record over HTTP", "import over HTTP"],
    )
    def test_without_the_text_the_error_says_how_to_give_it(
        self, texts: ArticleTexts, advice: str
    ) -> None:
        problem = _resolve({"quote": "met"}, texts)

        assert isinstance(problem, str)
        needed = "/quote: the text of the article '000_1' is needed to find this quote: "
        assert problem.startswith(f"{needed}{advice}")

    def test_an_article_is_named_without_the_ending_of_its_file(self, tmp_path: Path) -> None:
        (tmp_path / "000_1.txt").write_text("They met.")
        texts = ArticleFolder(tmp_path)

        assert texts.advice("000_1.txt").endswith(
            "000_1.txt is the article '000_1', without an ending"
        )
        assert texts.advice("000_2.txt") == f"put it into {tmp_path}/000_2.txt.txt"

    def test_an_occurrence_needs_an_article(self) -> None:
        problem = _resolve({"quote": "met", "occurrence": 1}, source="web")

        assert isinstance(problem, str)
        assert problem.startswith("/occurrence: the source 'web' names no article")

    def test_a_text_under_the_id_of_a_source_proves_its_quotes(self) -> None:
        problem = _resolve({"quote": "met"}, AttachedTexts({"web": "They will meet."}), "web")

        assert problem == "/quote: the article does not have this quote"

    def test_the_source_may_follow_the_event(self) -> None:
        cited = [{"source": "tass-1", "evidence": [{"supports": ["date"], "quote": "met"}]}]
        records = [make_event(sources=cited), make_source(article="000_1")]

        found = [
            *resolve_quotes(map(located, records), AttachedTexts({"000_1": TEXT}), lambda _: {})
        ]

        (event,) = (
            each.record
            for each in found
            if isinstance(each, LocatedRecord) and isinstance(each.record, EventRecord)
        )
        assert event.sources[0].evidence[0].selector == TextSelector(start=30, end=33)


# Few letters, so that quotes occur often and overlap.
_TEXTS = st.text('ab \n\u00a0“"é한', min_size=1, max_size=60)


@given(text=_TEXTS, data=st.data(), before=_TEXTS)
def test_any_span_can_be_quoted_and_its_digest_verifies(
    text: str, data: st.DataObject, before: str
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]
    if not quote.strip():
        return
    span = FoundSpan(start, end)
    occurrence = find_all(text, quote).index(span) + 1

    stored = _stored(
        {"quote": quote, "occurrence": occurrence}, texts=AttachedTexts({"000_1": text})
    )

    assert stored["selector"] == {"start": start, "end": end}
    prove(text, span, stored["digest"])
    moved = seek_digest(before + text, stored["digest"])
    assert moved is None or (before + text)[slice(*moved)] == quote


@given(text=_TEXTS, quote=_TEXTS)
def test_a_quote_that_is_absent_is_explained_with_words_of_the_article(
    text: str, quote: str
) -> None:
    if quote in text:
        return

    explained = explain_absence(text, quote)

    assert explained.startswith(("the quote differs from", "the article does not have this quote"))
    with pytest.raises(QuoteError):
        prove(text, FoundSpan(0, len(quote)), digest_of(quote))


def test_an_event_whose_sources_came_before_does_not_wait() -> None:
    """So loading an export takes little memory."""
    cited = [{"source": "tass-1", "evidence": [{"supports": ["date"], "quote": "met"}]}]
    records = [make_source(article="000_1"), make_event(sources=cited), make_source("other")]

    found = [*resolve_quotes(map(located, records), AttachedTexts({"000_1": TEXT}), lambda _: {})]

    assert [each.record.id for each in found if isinstance(each, LocatedRecord)] == [
        "tass-1",
        "2024-11-01-talks",
        "other",
    ]
