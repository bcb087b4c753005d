"""Calendars and feeds of the seeds in Russian and Korean hold no English text."""

import re
from collections.abc import Iterable, Iterator
from html import unescape

import pytest
from fastapi.testclient import TestClient

from app.domain.languages import Language, own_text
from app.domain.values import LanguageMap
from app.records.models import (
    OfficeRecord,
    ParticipantRecord,
    PlaceRecord,
    PublisherRecord,
    SourceRecord,
    TagRecord,
)
from app.tables.database import Database
from tests.support.apps import client_of
from tests.support.seed_records import list_seeds

URL = re.compile(r"https?://[^\s<>\"]+")
TAG = re.compile(r"<[^>]+>")
# Of two letters or more; a number in Roman figures is no English word.
LATIN = re.compile(r"[A-Za-z]{2,}")
ROMAN = re.compile(r"[IVX]+")
# The words of a text that people see, in each kind of calendar and feed.
SHOWN = ("NAME", "X-WR-CALNAME", "SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES")


Named = ParticipantRecord | PlaceRecord | OfficeRecord | PublisherRecord | TagRecord


def _names() -> Iterable[LanguageMap]:
    named: list[Named] = [
        *list_seeds(ParticipantRecord),
        *list_seeds(PlaceRecord),
        *list_seeds(OfficeRecord),
        *list_seeds(PublisherRecord),
        *list_seeds(TagRecord),
    ]
    return [record.names for record in named]


def _without_other_form(language: Language) -> list[str]:
    """Return the names that have no form in the language, and the ids, the longest first."""
    names = [texts.en for texts in _names() if own_text(language, texts) is None]
    # A name may be in Latin letters in its own form too, as a site's.
    names += [text for texts in _names() if (text := own_text(language, texts)) is not None]
    ids = [source.id for source in list_seeds(SourceRecord) if source.publisher is None]
    return sorted({text for text in [*names, *ids] if LATIN.search(text)}, key=len, reverse=True)


def _english(texts: Iterable[str], language: Language) -> set[str]:
    """Return each line with a Latin word that is no name, id, URL or Roman figure."""
    known = re.compile("|".join(map(re.escape, _without_other_form(language))))
    plain = {line: unescape(TAG.sub(" ", URL.sub("", line))) for line in set(texts)}
    latin = {rest for rest in plain.values() if LATIN.search(rest)}
    words = {rest: LATIN.findall(known.sub("", rest)) for rest in latin}
    return {
        line
        for line, rest in plain.items()
        if any(not ROMAN.fullmatch(word) for word in words.get(rest, ()))
    }


@pytest.fixture(scope="module")
def sqlite_client(seeded_sqlite: Database) -> Iterator[TestClient]:
    """One engine is enough for words, and a calendar of all events takes seconds."""
    with client_of(seeded_sqlite) as client:
        yield client


@pytest.mark.parametrize("language", [Language.RU, Language.KO])
class TestNoEnglish:
    """`lang=ru` and `lang=ko` show names of other languages only if they have no other form."""

    @pytest.mark.thorough
    def test_in_a_calendar(self, sqlite_client: TestClient, language: Language) -> None:
        answer = sqlite_client.get(f"/v1/events.ics?imprecise=include&lang={language}")

        shown = list(_shown(answer.text))

        assert len(shown) > 5_000
        assert _english(shown, language) == set()

    def test_in_a_feed(self, sqlite_client: TestClient, language: Language) -> None:
        feed = sqlite_client.get(f"/v1/events.jsonfeed?limit=200&lang={language}").json()
        shown = (
            item[key] for item in feed["items"] for key in ("title", "summary", "content_html")
        )

        assert len(feed["items"]) > 50
        assert _english([feed["title"], feed["description"], *shown], language) == set()

    def test_in_the_names_of_tags(self, sqlite_client: TestClient, language: Language) -> None:
        feed = sqlite_client.get(f"/v1/events.atom?limit=200&lang={language}").text
        labels = re.findall(r'label="([^"]+)"', feed)

        assert len(labels) > 100
        assert _english(labels, language) == set()


def _shown(calendar: str) -> Iterator[str]:
    """Yield each line of the texts that people see."""
    for line in calendar.replace("\r\n ", "").split("\r\n"):
        name, _, value = line.partition(":")
        if name.partition(";")[0] in SHOWN:
            yield from value.replace("\\n", "\n").replace("\\", "").splitlines()


def test_an_english_word_is_found() -> None:
    lines = ["Встреча: Moscow talks", "XXI съезд", "ТАСС https://tass.ru/talks"]

    assert _english(lines, Language.RU) == {"Встреча: Moscow talks"}
