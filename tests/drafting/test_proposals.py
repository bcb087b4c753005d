"""Quotes of a provider only point: they add events of our own words, and change none."""

from datetime import date
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.documents.draft import DraftDocument, DraftEvent
from app.domain.languages import Language
from app.domain.vocabulary import EvidencedField
from app.drafting.draft import Drafter
from app.drafting.events.proposals import PROPOSED
from app.drafting.quotes import ProvidedQuotes

PUBLISHED = date(2024, 12, 5)  # A Thursday.
DINNER = "Sergey Lavrov shared a long dinner with Choe Son Hui in Moscow on Tuesday."
ENGLISH = (
    "Kim Jong Un received Andrey Belousov in Pyongyang on Friday. "
    f"{DINNER} The dinner was long. Sergey Lavrov did not dine with Kim Jong Un on Monday.\n"
    "Dinner on Tuesday\nAndrey Belousov sat beside Kim Jong Un on Wednesday, and Ivan Petrov watched. "
    "Sergey Lavrov sang for Choe Son Hui. On Sunday Choe Son Hui will dine with Sergey Lavrov."
)
RUSSIAN = (
    "Андрея Белоусова принял 29 ноября Ким Чен Ын. Сергей Лавров поужинал с Цой Сон Хи в Москве во вторник. "
    "Лавров пел."
)


def _draft(drafter: Drafter, text: str, *quotes: str, language: str = "en") -> DraftDocument:
    provided = ProvidedQuotes(asked=True, quotes=quotes)
    return drafter.draft(text, PUBLISHED, Language(language), provided=provided)


def _is_proposed(event: DraftEvent) -> bool:
    return any(e.note == PROPOSED for e in event.evidence)


@pytest.mark.parametrize(
    ("language", "text", "quote"),
    [
        pytest.param("en", DINNER, "shared a long dinner", id="English"),
        pytest.param("ru", "Сергей Лавров поужинал с Цой Сон Хи в Москве во вторник.", "поужинал", id="Russian"),
        pytest.param("fr", "Sergueï Lavrov a dîné avec Choe Son-hui mardi à Moscou.", "a dîné", id="French"),
        pytest.param(
            "ko",
            "세르게이 라브로프 러시아 외무장관은 3일 모스크바에서 최선희 외무상과 낚시를 했다.",
            "낚시를 했다",
            id="Korean",
        ),
    ],
)  # fmt: skip
def test_a_quote_points_the_rules_at_a_sentence_without_a_cue(
    drafter: Drafter, language: str, text: str, quote: str
) -> None:
    without = _draft(drafter, text, language=language)

    (event,) = _draft(drafter, text, quote, language=language).events

    assert without.events == []
    assert (event.type, event.date, event.place) == ("meeting", "2024-12-03", "moscow")
    assert [p.id for p in event.participants] == ["sergey-lavrov", "choe-son-hui"]
    by_note = {e.note: (e.quote, e.basis.value, e.supports[0].value) for e in event.evidence}
    assert by_note[PROPOSED] == (quote, "inferred", "type")


@pytest.mark.parametrize(
    ("text", "quote", "reason"),
    [
        ("Sergey Lavrov dined with Choe Son Hui.", "dined", "gives no date"),
        ("Sergey Lavrov dined with friends on Tuesday.", "dined", "a participant of each side"),
        ("Sergey Lavrov did not dine with Choe Son Hui on Tuesday.", "dine", "denies it"),
        ("Dinner of Sergey Lavrov and Choe Son Hui on Tuesday\n\nTrade grew.", "Dinner", "a heading"),
        (
            "Sergey Lavrov met Choe Son Hui on Tuesday. On Tuesday Sergey Lavrov sat beside Choe Son Hui.",
            "sat beside",
            "another sentence of the draft tells it",
        ),
    ],
)  # fmt: skip
def test_a_quote_that_gives_no_event_is_left_out_with_the_reason(
    drafter: Drafter, text: str, quote: str, reason: str
) -> None:
    draft = _draft(drafter, text, quote)

    (left,) = draft.left_out
    assert left.quote == quote
    assert left.reason.startswith(PROPOSED)
    assert reason in left.reason
    assert not any(_is_proposed(event) for event in draft.events)


def test_the_type_follows_from_our_cues_in_the_sentence(drafter: Drafter) -> None:
    """The rules want a traveller of one side; a provider makes them look again."""
    text = "Sergey Lavrov and Choe Son Hui arrived on Tuesday."

    (event,) = _draft(drafter, text, "Tuesday").events

    assert (event.type, event.types[0].type) == ("visit", "visit")
    assert [e.quote for e in event.evidence if e.note == PROPOSED] == ["arrived"]


def test_quotes_that_are_not_in_the_text_are_dropped_and_duplicates_count_once(
    drafter: Drafter,
) -> None:
    draft = _draft(drafter, DINNER, "dinner", "dinner", "Dinner", "a  long", "", "…", "lunch")

    assert len(draft.events) == 1
    assert draft.provider is not None
    assert (draft.provider.quotes, draft.provider.dropped) == (7, 5)


def test_offsets_are_ours_in_code_points_and_every_occurrence_points(drafter: Drafter) -> None:
    text = (
        "\U0001d11e Sergey Lavrov dined with Choe Son Hui on Tuesday. "
        "Andrey Belousov dined with Kim Jong Un on Wednesday."
    )

    events = _draft(drafter, text, "dined").events

    spans = [e.selector for event in events for e in event.evidence if e.note == PROPOSED]
    assert [text[s.start : s.end] for s in spans] == ["dined", "dined"]
    assert [event.date for event in events] == ["2024-12-03", "2024-12-04"]


@st.composite
def _quotes(draw: st.DrawFn) -> tuple[str, tuple[str, ...]]:
    """Draw a text, and quotes that it has or not."""
    text = draw(st.sampled_from([ENGLISH, RUSSIAN]))
    cut = st.tuples(*[st.integers(0, len(text))] * 2).map(lambda ends: text[min(ends) : max(ends)])
    word = st.sampled_from(text.split())
    return text, tuple(draw(st.lists(st.one_of(cut, word, st.text(max_size=20)), max_size=12)))


@given(drawn=_quotes())
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_the_provider_quotes_the_draft_is_ours(
    drafter: Drafter, drawn: tuple[str, tuple[str, ...]]
) -> None:
    text, quotes = drawn
    language = "en" if text is ENGLISH else "ru"
    plain = _draft(drafter, text, language=language)

    draft = _draft(drafter, text, *quotes, language=language)

    assert [e for e in draft.events if not _is_proposed(e)] == plain.events
    assert draft.left_out[: len(plain.left_out)] == plain.left_out
    assert len({e.id for e in draft.events}) == len(draft.events)
    known = drafter.knowledge.participants
    for event in draft.events:
        assert all(p.id is None or p.id in known for p in event.participants)
        assert all(p.name in text for p in event.participants)
        assert event.place is None or event.place in drafter.knowledge.places
        assert any(EvidencedField.DATE in e.supports for e in event.evidence)
        for e in event.evidence:
            assert text[e.selector.start : e.selector.end] == e.quote
            assert sha256(e.quote.encode()).hexdigest() == e.digest
    assert draft.provider is not None
    in_text = [q for q in quotes if q in text and any(c.isalnum() for c in q)]
    assert draft.provider.dropped == len(quotes) - len(in_text)
