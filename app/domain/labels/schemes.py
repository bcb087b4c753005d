"""The schemes of identifiers in other databases: the form of each, and its IRI."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple


class Scheme(NamedTuple):
    """A database whose identifiers have one form, and are parts of IRIs.

    `prefix` and an identifier are the IRI of the thing. `page` and an identifier are the URL of a page.
    """

    name: str
    form: re.Pattern[str]
    expected: str
    prefix: str
    page: str

    @property
    def host(self) -> str:
        """The host of the IRIs, without `www`."""
        return self.prefix.split("/")[2].removeprefix("www.")


SCHEMES: Final[Mapping[str, Scheme]] = {
    "isni": Scheme(
        "ISNI",
        re.compile(r"[0-9]{15}[0-9X]"),
        "16 characters without spaces: digits, and perhaps X as the last one, such as 000000012281955X",
        "https://isni.org/isni/",
        "https://isni.org/isni/",
    ),
    "viaf": Scheme(
        "VIAF",
        re.compile(r"[1-9][0-9]{0,21}"),
        "a number without a leading zero, such as 96994048",
        "https://viaf.org/viaf/",
        "https://viaf.org/viaf/",
    ),
    "wikidata": Scheme(
        "Wikidata",
        re.compile(r"Q[1-9][0-9]{0,9}"),
        "Q and a number, such as Q58217",
        "http://www.wikidata.org/entity/",
        "https://www.wikidata.org/wiki/",
    ),
}


# Its host, and the last part of its path.
_ADDRESS: Final = re.compile(
    r"\s*https?://(?P<host>[^/\s]+)/(?:\S*/)?(?P<last>[^/?#\s]+)/?\s*", re.IGNORECASE
)


def identifier_fault(scheme: str, value: str) -> str | None:
    """Return the mistake in an identifier, with the correct form; None for a sound one.

    The identifiers of other schemes than `SCHEMES` have no form that is known here.
    """
    if scheme not in SCHEMES:
        return None
    known = SCHEMES[scheme]
    if not known.form.fullmatch(value):
        return f"not an identifier of {scheme}: expected {known.expected}"
    if scheme == "isni" and value[-1] != _check_character(value[:-1]):
        return (
            f"not an ISNI: after {value[:-1]} the check character is {_check_character(value[:-1])}"
        )
    return None


def read_identifier(scheme: str, text: str) -> str | None:
    """Return the identifier of a known scheme that people wrote; None for a text that is none.

    It may be an address at the database, in small letters, and have the spaces with which an ISNI is printed.
    """
    known = SCHEMES[scheme]
    address = _ADDRESS.fullmatch(text)
    if address and f".{address['host'].lower()}".endswith(f".{known.host}"):
        text = address["last"]
    written = re.sub(r"[\s-]", "", text).upper() if scheme == "isni" else text.strip().upper()
    return written if known.form.fullmatch(written) else None


def _check_character(digits: str) -> str:
    """Return the check character of an ISNI: ISO 7064, MOD 11-2."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return "X" if check == 10 else str(check)


def iris_of(identifiers: Mapping[str, str]) -> list[str]:
    """Return the IRI of each identifier of a known scheme, except unsound ones of older databases."""
    return [
        f"{SCHEMES[scheme].prefix}{value}"
        for scheme, value in identifiers.items()
        if _is_sound(scheme, value)
    ]


def name_of(scheme: str) -> str:
    """Return the name of the database of a scheme; of an unknown one the scheme itself."""
    return SCHEMES[scheme].name if scheme in SCHEMES else scheme


def page_of(scheme: str, value: str) -> str | None:
    """Return the URL of the page about an identifier; None for an unknown scheme or an unsound one."""
    return f"{SCHEMES[scheme].page}{value}" if _is_sound(scheme, value) else None


def _is_sound(scheme: str, value: str) -> bool:
    return scheme in SCHEMES and identifier_fault(scheme, value) is None
