"""Folding of names, so that one spelling finds another in the same script: `Sergueï`, `serguei`."""

import re
import unicodedata

_SEPARATORS = re.compile(r"[\W_]+")
# PostgreSQL indexes at most 2,704 bytes, which hold 600 characters of any script.
MAX_FOLDED = 600
# Invisible characters do not separate words: soft hyphen, joiners, byte order mark.
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
# Letters that few keyboards have, as people type them. Folded names keep them, since databases store these.
LIGATURES = {"œ": "oe", "æ": "ae"}
_WITHOUT_LIGATURES = str.maketrans(LIGATURES)
_WITHOUT_INVISIBLE = str.maketrans(dict.fromkeys(INVISIBLE, ""))


def fold(name: str) -> str:
    """Return the name in its own script, without case, accents, punctuation and double spaces.

    Latin and Cyrillic letters lose their marks (`é` is `e`, `ё` is `е`, `й` is `и`), hyphens and
    apostrophes separate words, and Hangul stays in whole syllables (Unicode NFC). The result has
    at most 600 characters, and is empty for a name without letters and digits.
    """
    bare = without_marks(name.casefold().translate(_WITHOUT_INVISIBLE))
    return _SEPARATORS.sub(" ", bare).strip()[:MAX_FOLDED].rstrip()


def without_marks(text: str) -> str:
    """Return a text without the marks of its letters: `e` for `é`; Hangul stays in syllables (NFC)."""
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare)


def without_ligatures(text: str) -> str:
    """Return a text in lower case with two letters for each ligature: `oeuvre` for `œuvre`."""
    return text if text.isascii() else text.translate(_WITHOUT_LIGATURES)
