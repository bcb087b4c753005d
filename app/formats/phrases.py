"""The words that formats add to the texts of events, in each language."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.domain.labels.vocabularies import read_labels
from app.domain.languages import Language


@dataclass(frozen=True, slots=True)
class Words:
    """Titles, headings, and phrases for dates that no calendar can show; `{}` is the date."""

    title: str
    newest_added: str
    newest_events: str
    status: str
    date: str
    place: str
    note: str
    sources: str
    about: str
    doubtful: str
    since: str
    until: str
    alternatives: str
    several: str
    seasons: tuple[str, str, str, str]


WORDS: Final[Mapping[Language, Words]] = {
    Language.EN: Words(
        title="Russia–DPRK Timeline",
        newest_added="The events added last",
        newest_events="Events by their date, the newest first",
        status="Status",
        date="Date",
        place="Place",
        note="Note",
        sources="Sources",
        about="about {}",
        doubtful="{} (uncertain)",
        since="from {}",
        until="until {}",
        alternatives=" or ",
        several=" and ",
        seasons=("spring {}", "summer {}", "autumn {}", "winter {}"),
    ),
    Language.FR: Words(
        title="Chronologie Russie–RPDC",
        newest_added="Les derniers événements ajoutés",
        newest_events="Les événements par date, du plus récent au plus ancien",
        status="Statut",
        date="Date",
        place="Lieu",
        note="Remarque",
        sources="Sources",
        about="{} environ",
        doubtful="{} (incertain)",
        since="à partir de {}",
        until="jusqu’à {}",
        alternatives=" ou ",
        several=" et ",
        seasons=("printemps {}", "été {}", "automne {}", "hiver {}"),
    ),
    Language.RU: Words(
        title="Хронология отношений России и КНДР",
        newest_added="Последние добавленные события",
        newest_events="События по дате, сначала новые",
        status="Статус",
        date="Дата",
        place="Место",
        note="Примечание",
        sources="Источники",
        about="{} (примерно)",
        doubtful="{} (под вопросом)",
        since="начало: {}",
        until="окончание: {}",
        alternatives=" или ",
        several=" и ",
        seasons=("весна {}", "лето {}", "осень {}", "зима {}"),
    ),
    Language.KO: Words(
        title="러시아–북한 관계 연표",
        newest_added="최근 추가된 사건",
        newest_events="날짜순 사건, 최신순",
        status="상태",
        date="날짜",
        place="장소",
        note="비고",
        sources="출처",
        about="{}경",
        doubtful="{} (불확실)",
        since="{}부터",
        until="{}까지",
        alternatives=" 또는 ",
        several=" 및 ",
        seasons=("{} 봄", "{} 여름", "{} 가을", "{} 겨울"),
    ),
}


def label(language: Language, word: StrEnum) -> str:
    """Return the label of a term in this language."""
    return str(getattr(read_labels()[type(word)][word].label, language))
