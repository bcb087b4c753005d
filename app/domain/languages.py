"""The languages of the timeline, and the choice of a text in one of them."""

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
    """Return the text in the language, or in English if that language is missing."""
    return str(getattr(texts, language_of(language, texts)))


def own_text(language: Language, texts: LanguageMap) -> str | None:
    """Return the text in the language, or None if that language is missing."""
    return text_in(language, texts) if language_of(language, texts) is language else None


def language_of(language: Language, texts: LanguageMap) -> Language:
    """Return the language of the text that `text_in` returns."""
    return DEFAULT_LANGUAGE if getattr(texts, language) is MISSING else language
