"""The words that formats add to the texts of events, in each language."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from app.domain.labels.vocabularies import read_labels
from app.domain.languages import Language


@dataclass(frozen=True, slots=True)
class Words:
    """Titles and headings."""

    title: str
    newest_added: str
    newest_events: str
    status: str
    date: str
    place: str
    sources: str
    date_of_event: str
    events: str
    change: str
    log_digest: str
    api_address: str


WORDS: Final[Mapping[Language, Words]] = {
    Language.EN: Words(
        title="Russia–DPRK Timeline",
        newest_added="The events added last",
        newest_events="Events by their date, the newest first",
        status="Status",
        date="Date",
        place="Place",
        sources="Sources",
        date_of_event="Date of the event",
        events="Number of events",
        change="Change",
        log_digest="SHA-256 of the change log",
        api_address="Address in the API",
    ),
    Language.FR: Words(
        title="Chronologie Russie–RPDC",
        newest_added="Les derniers événements ajoutés",
        newest_events="Les événements par date, du plus récent au plus ancien",
        status="Statut",
        date="Date",
        place="Lieu",
        sources="Sources",
        date_of_event="Date de l’événement",
        events="Nombre d’événements",
        change="Modification",
        log_digest="SHA-256 du journal des modifications",
        api_address="Adresse dans l’API",
    ),
    Language.RU: Words(
        title="Хронология отношений России и КНДР",
        newest_added="Последние добавленные события",
        newest_events="События по дате, сначала новые",
        status="Статус",
        date="Дата",
        place="Место",
        sources="Источники",
        date_of_event="Дата события",
        events="Число событий",
        change="Изменение",
        log_digest="SHA-256 журнала изменений",
        api_address="Адрес в API",
    ),
    Language.KO: Words(
        title="러시아–북한 관계 연표",
        newest_added="최근 추가된 사건",
        newest_events="날짜순 사건, 최신순",
        status="상태",
        date="날짜",
        place="장소",
        sources="출처",
        date_of_event="사건 날짜",
        events="사건 수",
        change="변경",
        log_digest="변경 기록의 SHA-256",
        api_address="API 주소",
    ),
}


def sign(language: Language, character: str) -> str:
    """Return a colon or a semicolon as the language writes it: French has a space before it, which ends no line."""
    space = "\N{NO-BREAK SPACE}" if language is Language.FR else ""
    return f"{space}{character}"


# Terms of two vocabularies may have one spelling.
@lru_cache(maxsize=None, typed=True)
def label(language: Language, word: StrEnum) -> str:
    """Return the label of a term in this language."""
    return str(getattr(read_labels()[type(word)][word].label, language))
