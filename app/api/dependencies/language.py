"""The language of an answer that has one: what the reader asks for, else prefers, else English."""

from enum import StrEnum
from typing import Annotated, NamedTuple

from fastapi import Depends, Header, Query
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from app.domain.languages import DEFAULT_LANGUAGE, Language

# More than any browser sends; what is longer is read so far.
_MAX_ACCEPT = 1000


class LanguageChoice(StrEnum):
    """A language, or `auto`: the one that `Accept-Language` prefers."""

    AUTO = "auto"
    EN = "en"
    FR = "fr"
    RU = "ru"
    KO = "ko"


class AnswerLanguage(NamedTuple):
    """The language of the answer, and whether another reader would get another."""

    language: Language
    negotiated: bool

    @property
    def headers(self) -> dict[str, str]:
        """The headers that say so."""
        vary = {"Vary": "Accept-Language"} if self.negotiated else {}
        return {"Content-Language": self.language, **vary}


def preferred_language(accept: str) -> Language:
    """The best of our languages for an `Accept-Language` (RFC 9110, lookup of RFC 4647).

    `fr-CA` asks for French. English where none of ours is asked for, or nothing can be read.
    """
    # The library compares whole tags first, and would give `fr-CA, en;q=0.5` English.
    accepted = parse_accept_header(accept[:_MAX_ACCEPT])
    ranges = [(tag.split("-")[0], quality) for tag, quality in accepted]
    best = LanguageAccept(ranges).best_match(list(Language), default=DEFAULT_LANGUAGE)
    return Language(best)


async def _answer_language(
    lang: Annotated[
        LanguageChoice,
        Query(
            description="The language of texts and names; what is not known in it is given in "
            "English. `auto` follows `Accept-Language`, else gives English. `Content-Language` "
            "says which it is."
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
