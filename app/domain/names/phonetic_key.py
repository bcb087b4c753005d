"""Keys under which the spellings of one name meet: coarse, to find names that are then compared.

A key holds the consonants that every system of spelling keeps apart, without order: vowels, and the
consonants that come and go between systems, are left out.
"""

import re
from typing import Final

from app.domain.names.folding import MAX_FOLDED
from app.domain.names.hangul import is_hangul, split
from app.domain.names.russian import transliterated, without_patronymics
from app.domain.names.same_name import NameWords
from app.domain.names.scripts import Script

# Korean: five sorts of consonants. ㄴ, ㄹ, ㅇ and ㅎ differ between North and South, or within a system.
_OF_LETTERS: Final = {
    letter: sort
    for sort, letters in {
        "K": "ㄱㄲㅋㄳㄺ" + "kgq" + "кг",
        "T": "ㄷㄸㅌ" + "td" + "тд",
        "M": "ㅁㄻ" + "m" + "м",
        "P": "ㅂㅃㅍㅄㄿ" + "pb" + "пб",
        "S": "ㅅㅆ" + "s" + "с",
        "C": "ㅈㅉㅊ" + "cjz" + "чжц",
    }.items()
    for letter in letters
}
# Finals that are heard as ㄷ.
_HEARD_T: Final = dict.fromkeys("ㅅㅆㅈㅊ", "T")
_TWO_LETTERS_ONE_SOUND: Final = re.compile("t(?=ch)|[дч](?=ж)")
_NG: Final = re.compile("ng(?![aeiouwyŏŭ])")

# Russian: sibilants, their `t`, and ж, з, й, х are left out: one system's letter for one of them is
# another's for another.
_LEFT_OUT: Final = re.compile("kh|[aeiouyhjszct]")
_ONE_SOUND: Final = str.maketrans("wfqx", "vvkk", "ŏŭ")
_HARD_C: Final = re.compile("c(?![hzeiy])")
_DOUBLED: Final = re.compile(r"(.)\1+")


def phonetic_key(name: NameWords, *, korean: bool) -> str:
    """The key of a stored name; `korean` says that it is a Korean person's. Empty for other scripts."""
    if name.script not in (Script.LATIN, Script.CYRILLIC, Script.HANGUL):
        return ""
    korean = korean or name.script is Script.HANGUL
    return _korean_keys(name)[0] if korean else _russian_key(_with_hard_c(name))


def phonetic_keys(name: NameWords) -> list[str]:
    """The keys under which the name may be stored, as Korean and as other."""
    if not name.words:
        return []
    return sorted({*_korean_keys(name), _russian_key(name), _russian_key(_with_hard_c(name))})


def _korean_keys(name: NameWords) -> list[str]:
    """One key, and a second one where `ng` before a vowel may be either ㅇ or ㄴ and ㄱ."""
    text = _TWO_LETTERS_ONE_SOUND.sub("", _NG.sub("", " ".join(name.words)))
    return [_korean_key(text.replace("ng", "")), *([_korean_key(text)] if "ng" in text else [])]


def _korean_key(text: str) -> str:
    sorts = [_OF_LETTERS.get(letter, "") for c in text for letter in _letters(c)]
    return ("ko:" + "".join(sorted(sorts)))[:MAX_FOLDED]


def _letters(character: str) -> tuple[str, ...]:
    if not is_hangul(character):
        return (character,)
    initial, _, final = split(character)
    return initial, _HEARD_T.get(final, final)


def _russian_key(name: NameWords) -> str:
    words = without_patronymics(name.words)
    return ("ru:" + " ".join(sorted(_consonants(word) for word in words)))[:MAX_FOLDED]


def _with_hard_c(name: NameWords) -> NameWords:
    """In English and French `c` is к (Victor); in other systems it is ц or ч, which are left out."""
    return NameWords(tuple(_HARD_C.sub("k", word) for word in name.words), name.script)


def _consonants(word: str) -> str:
    text = transliterated(word).translate(_ONE_SOUND)
    return _DOUBLED.sub(r"\1", _LEFT_OUT.sub("", text))
