"""Choose the language of an answer: `lang` first, then `Accept-Language`, then English."""

from enum import StrEnum
from typing import Annotated, NamedTuple

from fastapi import Depends, Header, Query
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from app.domain.languages import DEFAULT_LANGUAGE, Language

# Longer than the header of any browser. Of a longer header only this part is parsed.
_MAX_ACCEPT = 1000


class LanguageChoice(StrEnum):
    """A language, or `auto`: the language that `Accept-Language` prefers."""

    AUTO = "auto"
    EN = "en"
    FR = "fr"
    RU = "ru"
    KO = "ko"


class AnswerLanguage(NamedTuple):
    """The language of the answer, and whether it depends on `Accept-Language`."""

    language: Language
    negotiated: bool

    @property
    def headers(self) -> dict[str, str]:
        """`Content-Language`, and `Vary` if the language was negotiated."""
        vary = {"Vary": "Accept-Language"} if self.negotiated else {}
        return {"Content-Language": self.language, **vary}


def preferred_language(accept: str) -> Language:
    """Return the language that an `Accept-Language` prefers (RFC 9110, lookup of RFC 4647).

    `fr-CA` asks for French. The result is English if the header names no language of the timeline or
    cannot be parsed.
    """
    # Werkzeug compares whole tags first, so `fr-CA, en;q=0.5` would give English.
    accepted = parse_accept_header(accept[:_MAX_ACCEPT])
    ranges = [(tag.split("-")[0], quality) for tag, quality in accepted]
    best = LanguageAccept(ranges).best_match(list(Language), default=DEFAULT_LANGUAGE)
    return Language(best)


async def _answer_language(
    lang: Annotated[
        LanguageChoice,
        Query(
            description="The language of texts and names; a text that does not exist in it is given "
            "in English. `auto` follows `Accept-Language`, and without it gives English. The answer's "
            "`Content-Language` names the language."
        ),
    ] = LanguageChoice.AUTO,
    accept_language: Annotated[
        str,
        Header(
            max_length=65_536,
            description="Languages by preference (RFC 9110), for `lang=auto`.",
            examples=["fr-CA, fr;q=0.9, en;q=0.5"],
        ),
    ] = "",
) -> AnswerLanguage:
    if lang is LanguageChoice.AUTO:
        return AnswerLanguage(preferred_language(accept_language), negotiated=True)
    return AnswerLanguage(Language(lang), negotiated=False)


LanguageDep = Annotated[AnswerLanguage, Depends(_answer_language)]
