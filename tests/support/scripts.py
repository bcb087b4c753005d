"""The scripts of texts."""

import unicodedata

# The script of each language of the timeline.
SCRIPTS = {"en": "LATIN", "fr": "LATIN", "ru": "CYRILLIC", "ko": "HANGUL"}


def scripts_of(text: str) -> set[str]:
    """Return the scripts of the letters of a text.

    `{"LATIN"}` for `Kim Jong Un`; two when a letter only looks right, as a Cyrillic `К` would.
    """
    return {unicodedata.name(letter).split()[0] for letter in text if letter.isalpha()}
