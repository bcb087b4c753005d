"""Dictionaries in the form of a standard, and the pieces that JSON-LD documents share."""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import MISSING
from pydantic_core import to_json

from app.domain.languages import Language
from app.domain.values import LanguageMap

JsonObject = dict[str, Any]
# Characters that could end or confuse a page's script element, or its script.
_UNSAFE: Final = {ord(each): f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029"}


def json_text(value: JsonObject) -> str:
    """Return JSON in which numbers, days, instants and words look as they do in every document."""
    return to_json(value).decode()


def json_page(value: JsonObject) -> str:
    """Return the same JSON with an entry on each line, for files that people open."""
    return to_json(value, indent=2).decode() + "\n"


def script_text(value: JsonObject) -> str:
    """Return JSON that is safe within a `script` element."""
    return json_text(value).translate(_UNSAFE)


def without_none(values: Mapping[str, Any]) -> JsonObject:
    """Return the entries that have a value; in JSON-LD, null would remove a value."""
    return {key: value for key, value in values.items() if value is not None}


def link(iri: str) -> JsonObject:
    """Return a JSON-LD reference to a node."""
    return {"@id": iri}


def text(language: Language, value: str) -> JsonObject:
    """Return a JSON-LD text in a language."""
    return {"@language": language, "@value": value}


def texts(translations: LanguageMap) -> list[JsonObject]:
    """Return a JSON-LD text for each language that is known."""
    known = ((language, getattr(translations, language)) for language in Language)
    return [text(language, value) for language, value in known if value is not MISSING]
