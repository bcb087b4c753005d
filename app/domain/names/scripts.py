"""The script of a name, and of a language."""

from enum import StrEnum
from functools import lru_cache
from typing import Final

from app.domain.languages import Language


class Script(StrEnum):
    """The script of a name; `other` is any script that is not listed here."""

    LATIN = "latin"
    CYRILLIC = "cyrillic"
    HANGUL = "hangul"
    HAN = "han"
    OTHER = "other"


SCRIPTS: Final = {
    Language.EN: Script.LATIN,
    Language.FR: Script.LATIN,
    Language.RU: Script.CYRILLIC,
    Language.KO: Script.HANGUL,
}
# Unicode blocks (Blocks.txt): the first and the last code point of each.
_BLOCKS: Final = (
    (0x0041, 0x024F, Script.LATIN),
    (0x1E00, 0x1EFF, Script.LATIN),
    (0x0400, 0x052F, Script.CYRILLIC),
    (0xAC00, 0xD7A3, Script.HANGUL),
    (0x1100, 0x11FF, Script.HANGUL),
    (0x3130, 0x318F, Script.HANGUL),
    (0x4E00, 0x9FFF, Script.HAN),
    (0x3400, 0x4DBF, Script.HAN),
)


@lru_cache(maxsize=1 << 14)
def script_of(name: str) -> Script:
    """Return the script of the first letter of the name. Names that mix scripts are rare."""
    return next((_script(ord(c)) for c in name if c.isalpha()), Script.OTHER)


@lru_cache(maxsize=4096)
def _script(code: int) -> Script:
    return next((script for first, last, script in _BLOCKS if first <= code <= last), Script.OTHER)
