"""Rules about names and aliases."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from app.domain.dates import parse_edtf
from app.domain.languages import Language, text_in
from app.domain.names.folding import fold
from app.linting.index import Named, RecordIndex
from app.linting.rule import Breach, Rule
from app.records.models import KINDS_OF_MODELS, OfficeRecord, TagRecord


def _repeated_alias(index: RecordIndex) -> Iterator[Breach]:
    for record in index.judged(index.named()):
        seen = {fold(name): name for name in _names(record)}
        for number, alias in enumerate(_aliases(record)):
            if same := seen.get(fold(alias)):
                yield Breach(record, f"/aliases/{number}", f"the alias {alias!r} repeats {same!r}")
            seen[fold(alias)] = alias


def _shared_name(index: RecordIndex) -> Iterator[Breach]:
    owners: dict[tuple[object, str], list[Named]] = defaultdict(list)
    for record in index.named():
        spellings = {fold(text): text for text in (*_names(record), *_aliases(record))}
        for folded, text in spellings.items():
            others = owners[type(record), folded]
            for other in others:
                if not _are_apart(record, other):
                    yield Breach(record, "/names", f"{text!r} is a name of {other.id!r} too", other)
            others.append(record)


def _are_apart(one: Named, other: Named) -> bool:
    """Whether both are offices, of two countries or of two times."""
    if not isinstance(one, OfficeRecord) or not isinstance(other, OfficeRecord):
        return False
    if one.country != other.country:
        return True
    return _ends_before(one, other) or _ends_before(other, one)


def _ends_before(one: OfficeRecord, other: OfficeRecord) -> bool:
    if one.abolished is None or other.founded is None:
        return False
    return parse_edtf(one.abolished).start_earliest <= parse_edtf(other.founded).end_latest


def _names_apart(index: RecordIndex) -> Iterator[Breach]:
    first: dict[str, Named] = {}
    for record in index.named():
        same = first.setdefault(fold(record.names.en), record)
        # Another rule reports two of one kind.
        if type(same) is type(record):
            continue
        for language in Language:
            one, other = text_in(language, same.names), text_in(language, record.names)
            if one != other:
                text = f"{other!r} in {language}, and {one!r} as {KINDS_OF_MODELS[type(same)]} {same.id!r}"
                yield Breach(record, f"/names/{language}", text, same)


def _names(record: Named) -> list[str]:
    return [*record.names.model_dump().values()]


def _aliases(record: Named) -> list[str]:
    return [] if isinstance(record, TagRecord) else record.aliases


RULES: Final = (
    Rule(
        "alias-repeats-name",
        "An alias differs from the names and the other aliases in more than case, accents and "
        "punctuation.",
        "A search ignores these, so the alias finds nothing more.",
        _repeated_alias,
    ),
    Rule(
        "shared-name",
        "No two records of one kind share a name or an alias. Offices may, in two countries or at two "
        "times.",
        "A search for the name cannot tell them apart, and they may be one.",
        _shared_name,
    ),
    Rule(
        "one-name",
        "Records of different kinds with one English name, such as a ministry that acts and publishes, have "
        "one name in each language.",
        "They are one thing, and a reader of another language takes them for two. Other names are aliases.",
        _names_apart,
    ),
)
