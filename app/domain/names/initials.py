"""The initials of a name in Hangul, which Koreans type for a name: ㄱㅈㅇ is 김정은."""

import unicodedata
from typing import Final

from app.domain.names.hangul import INITIALS, TWO_FINALS, is_hangul, split

_FIRST: Final = 0x1100  # Folded text has conjoining letters.
_CONJOINING: Final = {letter: chr(_FIRST + i) for i, letter in enumerate(INITIALS)}
# A keyboard joins two letters to one where a syllable could end with both: ㄳ is ㄱ and ㅅ.
TYPED_INITIALS: Final = str.maketrans(
    {
        unicodedata.normalize("NFKC", letter): "".join(map(_CONJOINING.__getitem__, both))
        for letter, both in TWO_FINALS.items()
    }
)


def initials(hangul: str) -> str:
    """Return the first letters of the syllables as folded text has them; nothing for other text."""
    return "".join(_CONJOINING[split(s).initial] for s in hangul) if is_hangul(hangul) else ""


def asked_initials(folded: str) -> str:
    """Return the initials that the folded text consists of, two or more, or nothing."""
    letters = "".join(folded.split()).translate(TYPED_INITIALS)
    return letters if len(letters) > 1 and {*letters} <= {*_CONJOINING.values()} else ""
