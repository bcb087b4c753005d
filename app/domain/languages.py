"""The languages in which the timeline tells of events, and a text in one of them."""

from enum import StrEnum
from typing import Final

from pydantic import MISSING

from app.domain.values import LanguageMap


class Language(StrEnum):
    """A language of texts and names (ISO 639-1)."""

    EN = "en"
    FR = "fr"
    RU = "ru"
    KO = "ko"


DEFAULT_LANGUAGE: Final = Language.EN


def text_in(language: Language, texts: LanguageMap) -> str:
    """The text in the language, or in English where it is missing."""
    text: object = getattr(texts, language)
    return texts.en if text is MISSING else str(text)
