"""Conditions on names: by prefix for completion, and by possible agreement for resolving."""

from sqlalchemy import ColumnElement, Connection, Select, and_, literal, or_, select

from app.domain.names.folding import fold
from app.domain.names.hangul import completion_ranges, is_hangul
from app.domain.names.matching import AskedName
from app.domain.names.same_name import KOREAN_COUNTRIES
from app.domain.vocabulary import ParticipantKind
from app.tables import core as t

_folded = t.participant_name.c.folded


def named_from(typed: str) -> Select[int]:
    """Return the keys of participants with a name in which each typed word begins a word."""
    words = fold(typed).split()
    return select(t.participant_name.c.participant_id).where(*map(_begins_a_word, words))


def _begins_a_word(word: str) -> ColumnElement[bool]:
    return or_(
        _folded.startswith(word, autoescape=True),
        _folded.contains(f" {word}", autoescape=True),
        *(and_(_folded >= first, _folded < bound) for first, bound in completion_ranges(word)),
    )


def perhaps_named(asked: AskedName) -> Select[int]:
    """Return the keys of participants with a name that may agree: equal, alike in sound, or longer.

    A superset of the matches: it may contain false positives, and never misses a match.
    """
    name = t.participant_name.c
    return select(name.participant_id).where(
        or_(
            _folded == asked.folded,
            name.sound.in_(sorted(asked.sounds)),
            and_(*map(_holds_word, asked.words)),
            *map(_folded.startswith, asked.families),
        )
    )


def korean_person() -> ColumnElement[bool]:
    """Return the condition in SQL that `is_korean_person` tests in Python."""
    participant = t.participant.c
    return and_(
        participant.kind == ParticipantKind.PERSON, participant.country.in_(KOREAN_COUNTRIES)
    )


def lacks_sounds(connection: Connection) -> bool:
    """Return whether the phonetic key of some name was never computed."""
    name = t.participant_name.c
    return connection.scalar(select(name.ordinal).where(name.sound.is_(None)).limit(1)) is not None


def _holds_word(word: str) -> ColumnElement[bool]:
    # A single letter may be an initial, so it needs only to begin a word.
    whole = f" {word}" if len(word) == 1 else f" {word} "
    holds = (literal(" ") + _folded + literal(" ")).contains(whole, autoescape=True)
    if not is_hangul(word):
        return holds
    return or_(holds, _folded.startswith(word), _folded.endswith(word))
