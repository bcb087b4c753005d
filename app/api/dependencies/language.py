"""Choose the language of an answer: `lang` first, then `Accept-Language`, then English."""

from enum import StrEnum
from typing import Annotated, NamedTuple

from fastapi import Depends, Header, Query

from app.api.http.pages import preferred_language
from app.domain.languages import Language


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
