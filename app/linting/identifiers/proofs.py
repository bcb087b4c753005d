"""The pages that prove the identifiers of records: `identifiers.toml`, beside the records.

[[identifier]]
participant = "sergey-lavrov"
wikidata = "Q58217"
page = "https://example.org/ministers.csv"
read_on = 2026-11-29
agrees = ["name: Sergey Lavrov", "office: ru-foreign-minister, 2004-03-09/.."]
"""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from app.domain.labels.schemes import SCHEMES, identifier_fault
from app.domain.vocabulary import EntityKind

FILE_NAME: Final = "identifiers.toml"
IDENTIFIED: Final = (EntityKind.PARTICIPANT, EntityKind.PLACE)
# A name alone proves nothing: another fact must agree with it.
FEWEST_FACTS: Final = 2
_BLOCK = re.compile(r"^\[\[identifier\]\]", re.MULTILINE)
_OTHER_KEYS: Final = ("page", "read_on", "agrees")


@dataclass(frozen=True, slots=True)
class IdentifierProof:
    """The page that gives an identifier of an entity, and the facts of the page that the record has too."""

    kind: EntityKind
    id: str
    scheme: str
    value: str
    page: str
    read_on: date
    agrees: tuple[str, ...]
    file: str = ""
    line: int = 0

    def to_toml(self) -> str:
        """Return the proof as a block of the file."""
        facts = ",\n".join(f"  {_quoted(fact)}" for fact in self.agrees)
        return (
            f"[[identifier]]\n{self.kind} = {_quoted(self.id)}\n{self.scheme} = {_quoted(self.value)}\n"
            f"page = {_quoted(self.page)}\nread_on = {self.read_on}\nagrees = [\n{facts},\n]\n"
        )


class ProofsError(Exception):
    """A file of proofs that cannot be used; the message has the file and the mistake."""


def read_proofs(path: Path) -> list[IdentifierProof]:
    """Return the proofs in a file; raises ProofsError if one is malformed."""
    try:
        text = path.read_text(encoding="utf-8")
        tables = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ProofsError(f"{path}: cannot be read: {error}") from None
    blocks = tables.pop("identifier", [])
    if tables or not _are_tables(blocks):
        raise ProofsError(f"{path}: write each proof as a block [[identifier]], and nothing else")
    lines = [text.count("\n", 0, found.start()) + 1 for found in _BLOCK.finditer(text)]
    if len(lines) != len(blocks):
        raise ProofsError(f"{path}: write [[identifier]] at the beginning of a line, once a proof")
    return [_proof(block, str(path), line) for block, line in zip(blocks, lines, strict=True)]


def _are_tables(blocks: object) -> bool:
    return isinstance(blocks, list) and all(isinstance(block, dict) for block in blocks)


def _proof(block: Mapping[str, Any], file: str, line: int) -> IdentifierProof:
    at = f"{file}:{line}"
    kinds = [kind for kind in IDENTIFIED if isinstance(block.get(kind), str)]
    schemes = [key for key in block if key not in (*IDENTIFIED, *_OTHER_KEYS)]
    if len(kinds) != 1:
        raise ProofsError(f'{at}: name the entity once: participant = "…", or place = "…"')
    if len(schemes) != 1 or not isinstance(block[schemes[0]], str):
        raise ProofsError(f'{at}: give one identifier by its scheme: wikidata = "Q…"')
    scheme, value = schemes[0], block[schemes[0]]
    if fault := identifier_fault(scheme, value):
        raise ProofsError(f"{at}: {value!r} is {fault}")
    page, read_on, agrees = (block.get(key) for key in _OTHER_KEYS)
    if not isinstance(page, str) or not page.startswith(("https://", "http://")):
        raise ProofsError(f"{at}: `page` must be the address of a page, with https://")
    if any(page.startswith((known.prefix, known.page)) for known in SCHEMES.values()):
        raise ProofsError(
            f"{at}: {page} is the page of the identifier itself: name an independent page"
        )
    if type(read_on) is not date:
        raise ProofsError(f"{at}: `read_on` must be the day on which the page was read: 2026-11-29")
    if not isinstance(agrees, list) or len(agrees) < FEWEST_FACTS:
        facts = 'agrees = ["name: …", "office: …"]'
        raise ProofsError(f"{at}: a name alone proves nothing: list two facts or more, {facts}")
    agreeing = tuple(map(str, agrees))
    return IdentifierProof(
        kinds[0], block[kinds[0]], scheme, value, page, read_on, agreeing, file, line
    )


def _quoted(text: str) -> str:
    """Return the text as a basic string of TOML."""
    # TOML has the escapes of JSON, and escapes DEL too.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
