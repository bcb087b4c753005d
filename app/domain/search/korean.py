"""Korean words in the search: without their particles, and in one spelling for North and South."""

import re
from collections.abc import Iterator
from itertools import product
from typing import Final, NamedTuple

from app.domain.names.hangul import FINALS, is_hangul, join, southern, split
from app.domain.names.korean_systems import FAMILY_NAMES

# The South writes ㄹ and ㄴ at the beginning of a word as ㄴ or ㅇ (로동 is 노동, 녀성 is 여성). A compound
# may have that beginning inside (조선로동당), so the letters count as one everywhere.
_INITIALS_THAT_MEET: Final = [
    *product("ㄹ", "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"),
    *product("ㄴ", "ㅕㅖㅛㅠ"),
]
_SOUTHERN: Final = str.maketrans(
    {
        syllable: southern(syllable)
        for (initial, vowel), final in product(_INITIALS_THAT_MEET, FINALS)
        for syllable in [join(initial, vowel, final)]
    }
)

# Particles by the sound that they follow: a consonant, a vowel (or ㄹ), or any.
_AFTER_CONSONANT: Final = "은 이 을 과 과의 으로 으로의 으로부터 으로서 이나 이며"
_AFTER_VOWEL: Final = "는 가 를 와 와의"
_AFTER_VOWEL_OR_L: Final = "로 로의 로부터 로서"
_AFTER_ANY: Final = "의 에 에서 에서의 에서는 에는 에도 에게 에게서 께 께서 한테 까지 부터 도 만"
_ENDS_IN_VOWEL, _ENDS_IN_L, _ENDS_IN_CONSONANT = "", "ㄹ", "other"
_PARTICLES: Final = {
    _ENDS_IN_VOWEL: f"{_AFTER_VOWEL} {_AFTER_VOWEL_OR_L} {_AFTER_ANY}".split(),
    _ENDS_IN_L: f"{_AFTER_CONSONANT} {_AFTER_VOWEL_OR_L} {_AFTER_ANY}".split(),
    _ENDS_IN_CONSONANT: f"{_AFTER_CONSONANT} {_AFTER_ANY}".split(),
}
_DATE_WITH_PARTICLE: Final = re.compile(
    rf"(\d(?:[년월일]|년대))(?:{'|'.join(f'{_AFTER_CONSONANT} {_AFTER_VOWEL_OR_L} {_AFTER_ANY}'.split())})$"
)
_PAST: Final = re.compile(
    "(..+)(?:(?:했|하였|됐|되었)(?:나|나요|는가|는지|습니까|습니다|다|던)?|한|하는|된|되는)"
)
_LONGEST: Final = 4
# `누가 김정은을 만났나` asks for meetings, whose label is another noun.
_MET: Final = re.compile("만(?:났|나|난|남).*")
_MEETING: Final = "회담"
# Words of the North for those of the labels: a summit.
_SAME_MEANING: Final = {"수뇌회담": "정상회담", "수뇌상봉": "정상회담"}
# No word is cut to less than this: 회의 is a meeting, and not 회 with a particle.
_LEAST: Final = 2
# Given names end in these syllables too: 김정은 is no 김정.
_ALSO_ENDS_A_NAME: Final = frozenset(["은", "이", "도", "만", "로"])
_NAME_LENGTH: Final = 3
# Nouns end in these syllables, and 의 is then no particle: 정상회의, 사회주의.
_NOUN: Final = re.compile("[회주협합결논동제건강정심토발항상문편고임호적경신창모]의$")


class _BareForm(NamedTuple):
    """A word before a particle, and whether the run cannot be one longer word."""

    base: str
    sure: bool


def one_spelling(run: str) -> str:
    """Return the run as the South spells it: 로동신문 and 노동신문 are the same."""
    return run.translate(_SOUTHERN)


def with_same_meaning(word: str) -> Iterator[str]:
    """Yield the word, and the word of the labels for a word of the North."""
    yield word
    if word in _SAME_MEANING:
        yield _SAME_MEANING[word]


def bases(run: str) -> list[str]:
    """Return each word that the run may be with a particle: 평양 for 평양에서, 김정 for 김정은."""
    return [reading.base for reading in _readings(run)]


def without_particles(run: str) -> str:
    """Return the run without its particles, where no longer word is likely: 김정은 for 김정은과, and for 김정은."""
    while base := next((reading.base for reading in _readings(run) if reading.sure), ""):
        run = base
    return run


def verbal_noun(run: str) -> str | None:
    """Return the noun of a verb: 방문 for 방문했나, 방문하였다 and 방문한, 발효 for 발효되었나; None for any other run.

    For a form of 만나다, to meet, it is the label of meetings.
    """
    if _MET.fullmatch(run):
        return _MEETING
    found = _PAST.fullmatch(run)
    return found[1] if found else None


def without_particle_of_date(text: str) -> str:
    """Return the text without the particle after its last year, month, day or decade: `2018년` for `2018년에`."""
    return _DATE_WITH_PARTICLE.sub(r"\1", text)


def _readings(run: str) -> Iterator[_BareForm]:
    """Yield each reading, with the longest particle first."""
    if not is_hangul(run):
        return
    for length in range(_LONGEST, 0, -1):
        base, particle = run[:-length], run[-length:]
        if len(base) >= _LEAST and particle in _PARTICLES[_ending(base)]:
            yield _BareForm(base, _is_sure(run, particle))


def _ending(word: str) -> str:
    final = split(word[-1]).final
    return final if final in (_ENDS_IN_VOWEL, _ENDS_IN_L) else _ENDS_IN_CONSONANT


def _is_sure(run: str, particle: str) -> bool:
    if particle == "의":
        return not _NOUN.search(run)
    may_be_a_name = len(run) == _NAME_LENGTH and run[0] in FAMILY_NAMES
    return not (particle in _ALSO_ENDS_A_NAME and may_be_a_name)
