"""Names folded so that one spelling finds another of the same script: `Sergueï` and `serguei`."""

import re
import unicodedata

_SEPARATORS = re.compile(r"[\W_]+")
# What an index of PostgreSQL takes, 2,704 bytes, has room for so many characters of any script.
MAX_FOLDED = 600
# Marks that nobody sees part no words: soft hyphen, joiners, byte order mark.
UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_WITHOUT_UNSEEN = str.maketrans(dict.fromkeys(UNSEEN, ""))


def fold(name: str) -> str:
    """The name without case, accents, punctuation and doubled spaces, in its own script.

    Latin and Cyrillic letters lose their marks (`é` is `e`, `ё` is `е`, `й` is `и`), hyphens and
    apostrophes separate words, and Hangul stays in whole syllables (Unicode NFC). An empty string
    comes back for a name with no letter or digit, and no more than 600 characters of any.
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold().translate(_WITHOUT_UNSEEN))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    folded = _SEPARATORS.sub(" ", unicodedata.normalize("NFC", bare)).strip()
    return folded[:MAX_FOLDED].rstrip()
