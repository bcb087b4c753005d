"""Hangul syllables: their letters, the initial-sound law, and what is still being typed.

The arithmetic of syllables is that of the Unicode Standard, section 3.12.
"""

from typing import Final, NamedTuple

INITIALS: Final = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS: Final = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS: Final = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
_FIRST: Final = 0xAC00
_COUNT: Final = len(INITIALS) * len(VOWELS) * len(FINALS)
# The initial letters as folded text has them: conjoining jamo, U+1100 and on.
_CONJOINING: Final = {chr(0x1100 + i): letter for i, letter in enumerate(INITIALS)}
# Vowels that are typed as two, and the last in order of those that begin with each.
_GROWS_TO: Final = {"ㅗ": "ㅚ", "ㅜ": "ㅟ", "ㅡ": "ㅢ"}
# Finals that are typed as two.
_TWO_FINALS: Final = {
    "ㄳ": ("ㄱ", "ㅅ"),
    "ㄵ": ("ㄴ", "ㅈ"),
    "ㄶ": ("ㄴ", "ㅎ"),
    "ㄺ": ("ㄹ", "ㄱ"),
    "ㄻ": ("ㄹ", "ㅁ"),
    "ㄼ": ("ㄹ", "ㅂ"),
    "ㄽ": ("ㄹ", "ㅅ"),
    "ㄾ": ("ㄹ", "ㅌ"),
    "ㄿ": ("ㄹ", "ㅍ"),
    "ㅀ": ("ㄹ", "ㅎ"),
    "ㅄ": ("ㅂ", "ㅅ"),
}
# Greater than any text that begins as the bound does.
_AFTER_ALL: Final = "\U0010ffff"


class Letters(NamedTuple):
    """The letters of a syllable; `final` may be empty."""

    initial: str
    vowel: str
    final: str


def is_hangul(text: str) -> bool:
    """Whether the text is made of whole syllables, and has one at least."""
    return bool(text) and all(0 <= ord(c) - _FIRST < _COUNT for c in text)


def split(syllable: str) -> Letters:
    """The letters of one whole syllable."""
    rest, final = divmod(ord(syllable) - _FIRST, len(FINALS))
    initial, vowel = divmod(rest, len(VOWELS))
    return Letters(INITIALS[initial], VOWELS[vowel], FINALS[final])


def join(initial: str, vowel: str, final: str = "") -> str:
    """The syllable of these letters."""
    number = INITIALS.index(initial) * len(VOWELS) + VOWELS.index(vowel)
    return chr(_FIRST + number * len(FINALS) + FINALS.index(final))


def southern(syllable: str) -> str:
    """The syllable as the South spells it where the initial-sound law applies: 리 is 이, 로 is 노."""
    initial, vowel, final = split(syllable)
    if initial in "ㄴㄹ" and vowel in "ㅑㅒㅕㅖㅛㅠㅣ":
        return join("ㅇ", vowel, final)
    return join("ㄴ", vowel, final) if initial == "ㄹ" else syllable


def same_in_north_and_south(one: str, other: str) -> bool:
    """Whether two names in Hangul differ by the initial-sound law at most (리용남, 이용남)."""
    return [southern(s) if is_hangul(s) else s for s in one] == [
        southern(s) if is_hangul(s) else s for s in other
    ]


def completions(typed: str) -> list[tuple[str, str]]:
    """Where the names lie, in code point order, that a word in Hangul being typed can become.

    Each pair is the first name and a bound that is greater than the last. The last syllable may

    - be no more than an initial: `김ㅈ`, as folded text has it, becomes `김정`;
    - lack its final or a part of its vowel: `기` becomes `김`, `초` becomes `최`;
    - hold as its final what will be the next initial: `리` and `ㅇ` are shown as `링` until the
      vowel comes, `일` and `ㅅ` as `잀`.

    Empty for a text that ends with anything else; names that begin with the text as it stands are
    not told again.
    """
    done, last = typed[:-1], typed[-1:]
    if last in _CONJOINING:
        return [_beginning_with(done, _CONJOINING[last])]
    if not is_hangul(last):
        return []
    initial, vowel, final = split(last)
    if not final:
        longest = join(initial, _GROWS_TO.get(vowel, vowel), FINALS[-1])
        return [(typed, done + longest + _AFTER_ALL)]
    kept, following = _TWO_FINALS.get(final, ("", final))
    if following not in INITIALS:
        return []
    return [_beginning_with(done + join(initial, vowel, kept), following)]


def _beginning_with(done: str, initial: str) -> tuple[str, str]:
    return (
        done + join(initial, VOWELS[0]),
        done + join(initial, VOWELS[-1], FINALS[-1]) + _AFTER_ALL,
    )
