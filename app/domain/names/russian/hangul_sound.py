"""The sound of a Russian name in Hangul: one key for the spellings of South, North and press."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from app.domain.names.hangul import is_hangul, split

# Consonants that the practices write for one another, as initials and as finals.
_INITIALS: Final[Mapping[str, str]] = dict(zip("ㄲㄸㅃㅆㅉㅇ", [*"ㅋㅌㅍㅅㅊ", ""], strict=True))
_VOICELESS: Final[Mapping[str, str]] = dict(
    zip("ㄱㄲㄷㄸㅂㅃㅈㅉㅆ", "ㅋㅋㅌㅌㅍㅍㅅㅊㅅ", strict=True)
)
_FINALS: Final = dict(zip("ㄱㅂㅅㄷ", "ㅋㅍㅌㅌ", strict=True))
_VOWELS: Final = dict(zip("ㅖㅢ", "ㅔㅣ", strict=True))
_AFTER_SIBILANT: Final = dict(zip("ㅑㅕㅛㅠㅖㅟㅞ", "ㅏㅓㅗㅜㅔㅣㅔ", strict=True))
# The North writes в with these vowels, the South with ㅂ: 와, 바.
_WITH_V: Final = dict(zip("ㅘㅝㅞㅟ", "ㅏㅗㅔㅣ", strict=True))
# з and ж before a consonant: 즈, 주, 쥬. с and ш: 스, 시, 슈, 쉬.
_BARE: Final = {("ㅈ", "ㅜ"), ("ㅅ", "ㅜ"), ("ㅅ", "ㅣ")}
# ти and те are 찌, 쩨 in the North; ди and де are 지, 제.
_SOFTENED: Final = {"ㅊ": "ㅌ", "ㅈ": "ㄷ"}
_FIRST_VL: Final = re.compile("^울(?=[라-맇])")
_DOUBLED: Final = re.compile(r"(.)\1+")


@lru_cache(maxsize=8192)
def hangul_sound(word: str) -> str:
    """Return the sound of a word in Hangul as letters: one for 푸틴 and 뿌찐, 흐루쇼프 and 흐루쑈브.

    The key is coarse, and different names seldom share one. It is empty for other scripts.
    """
    if not is_hangul(word):
        return ""
    letters = "".join(map(_sound, _FIRST_VL.sub("블", word)))
    # щ is 시ㅊ in the older spelling of the South, and 쇼 in the newer one.
    return _DOUBLED.sub(r"\1", letters.replace("ㅅㅊ", "ㅅ"))


def _sound(syllable: str) -> str:
    initial, vowel, final = split(syllable)
    final = _FINALS.get(final, final)
    if initial == "ㅇ" and vowel in _WITH_V:
        return f"ㅂ{_WITH_V[vowel]}{final}"
    if initial in "ㅅㅆㅈㅉㅊ":
        vowel = _AFTER_SIBILANT.get(vowel, vowel)
    vowel = _VOWELS.get(vowel, vowel)
    initial = _INITIALS.get(initial, initial)
    if vowel == "ㅡ" or (initial, vowel) in _BARE:
        return _VOICELESS.get(initial, initial) + final
    if vowel in "ㅣㅔ":
        initial = _SOFTENED.get(initial, initial)
    return initial + vowel + final
