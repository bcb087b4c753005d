"""Texts in several languages, and marks for those that are not in the language of the page."""

from collections.abc import Mapping

from markupsafe import Markup, escape
from pydantic import MISSING

from app.domain.languages import DEFAULT_LANGUAGE, Language
from app.domain.values import LanguageMap

# A text in several languages, as a model or as it is stored.
Texts = LanguageMap | Mapping[str, str]


def pick(language: Language, texts: Texts) -> tuple[str, str]:
    """Return the language and the text itself: in this language, or otherwise in English."""
    if isinstance(texts, LanguageMap):
        value = getattr(texts, language)
        return (language, value) if value is not MISSING else (DEFAULT_LANGUAGE, texts.en)
    if language in texts:
        return language, texts[language]
    return DEFAULT_LANGUAGE, texts[DEFAULT_LANGUAGE]


def in_language(value: str, lang: str) -> Markup:
    """Return the text, marked as one of another language than the page."""
    # `Markup.format` takes five times as long.
    return Markup(f'<span lang="{escape(lang)}">{escape(value)}</span>')
