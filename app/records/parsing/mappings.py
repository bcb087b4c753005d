"""Read a mapping of collections, record by record; a file or a body is one, and so is a line of NDJSON."""

import re
from collections.abc import Iterator
from typing import Any, Final

from pydantic import ValidationError

from app.domain.vocabulary import KINDS_OF_COLLECTIONS
from app.domain.wording import did_you_mean, quote_value
from app.records.models import KINDS_OF_MODELS, RECORD_MODELS, WITHDRAWALS
from app.records.models.base import Record
from app.records.models.source import ARTICLE_NAME
from app.records.models.withdrawal import WithdrawalRecord
from app.records.parsing.as_read import as_record, is_document, kind_of_document
from app.records.parsing.errors import RecordError, describe_error, meant_id, pointer_step
from app.records.parsing.positions import Lines, LocatedRecord, OneLine

RecordOrError = LocatedRecord | RecordError
# The texts of articles that come with records, by name; None where no texts are taken.
Attachments = dict[str, str] | None
MODELS: Final[dict[str, type[Record]]] = {
    **{name: RECORD_MODELS[kind] for name, kind in KINDS_OF_COLLECTIONS.items()},
    WITHDRAWALS: WithdrawalRecord,
}
_COLLECTIONS: Final = ", ".join(MODELS)
_ARTICLES: Final = "articles"
# All texts of one request are in memory until it ends.
_MAX_TEXTS: Final = 10_000_000


def in_value(
    value: object, file: str, lines: Lines | OneLine, texts: Attachments
) -> Iterator[RecordOrError]:
    """Yield the records and the errors of a mapping of collections, and put attached texts into `texts`.

    A document as GET answers it needs no collection.
    """
    if problem := _misplaced(value):
        yield RecordError(file, lines.line(""), None, "", problem)
        return
    assert isinstance(value, dict)
    if is_document(value):
        kind = kind_of_document(value)
        assert kind is not None
        yield from in_item(value, RECORD_MODELS[kind], file, "", lines)
        return
    # Texts first, because they prove evidence.
    for name in sorted(value, key=lambda name: name != _ARTICLES):
        items, pointer = value[name], pointer_step(name)
        if name == _ARTICLES:
            yield from _attached(items, file, lines, texts)
        elif name not in MODELS:
            hint = did_you_mean(name, MODELS) or f"; the collections are {_COLLECTIONS}"
            problem = f"unknown collection{hint}"
            yield RecordError(file, lines.line(pointer), None, pointer, problem)
        elif not isinstance(items, list):
            problem = f"found {quote_value(items)}, expected a list of records"
            yield RecordError(file, lines.line(pointer), None, pointer, problem)
        else:
            for index, item in enumerate(items):
                yield from in_item(item, MODELS[name], file, f"{pointer}/{index}", lines)


def in_item(
    item: object, model: type[Record], file: str, pointer: str, lines: Lines | OneLine
) -> Iterator[RecordOrError]:
    """Yield the record, or each of its errors."""
    kind = KINDS_OF_MODELS.get(model)
    item = as_record(kind, item) if kind else item
    try:
        record = model.model_validate(item)
    except ValidationError as invalid:
        for error in invalid.errors(include_url=False):
            relative, problem = describe_error(error, model, item)
            place = pointer + relative
            meant = meant_id(error, model)
            yield RecordError(file, lines.line(place), _id(item), place, problem, kind, meant)
    else:
        of = record.kind if isinstance(record, WithdrawalRecord) else KINDS_OF_MODELS[model]
        yield LocatedRecord(of, record, file, pointer, lines)


def _misplaced(value: object) -> str:
    """Return the fault of a value that is no mapping of collections; otherwise empty."""
    if not isinstance(value, dict):
        return f"found {quote_value(value)}, expected a mapping with any of: {_COLLECTIONS}"
    if {"title", "status", "detail"} <= value.keys():
        answer = f"{value['status']} {value['title']}: {value['detail']}"
        return f"this is an error that a server answered, and no records ({answer[:300]})"
    if {"items", "page"} <= value.keys():
        return (
            "this is a page of a list, and no records: write its items below the name of their "
            f"collection ({_COLLECTIONS}), or load /v1/records.ndjson"
        )
    if is_document(value) and kind_of_document(value):
        return ""
    if "id" in value:
        return (
            "a record belongs into the list of its collection, such as "
            f'{{"events": [{{"id": …}}]}}; the collections are {_COLLECTIONS}'
        )
    return ""


def _attached(
    articles: object, file: str, lines: Lines | OneLine, texts: Attachments
) -> Iterator[RecordError]:
    """Put the texts of articles into `texts`; yield an error for each that is none."""

    def error(pointer: str, problem: str) -> RecordError:
        place = pointer_step(_ARTICLES) + pointer
        return RecordError(file, lines.line(place), None, place, problem)

    if texts is None:
        yield error("", "only an import over HTTP takes texts; give their folder with --articles")
    elif not isinstance(articles, dict):
        expected = 'a mapping from names of articles to their texts: {"000_32bf51e976ece39f": "…"}'
        yield error("", f"found {quote_value(articles)}, expected {expected}")
    else:
        for name, text in articles.items():
            if problem := _unfit(name, text, texts):
                yield error(pointer_step(name), problem)
            else:
                texts[name] = text


def _unfit(name: str, text: Any, texts: dict[str, str]) -> str:
    if not isinstance(text, str):
        return f"found {quote_value(text)}, expected the text of the article"
    if not re.fullmatch(ARTICLE_NAME, name):
        return "the name of an article has letters, digits and . _ - such as 000_32bf51e976ece39f"
    if texts.get(name, text) != text:
        return "another text is attached for this article"
    if len(text) + sum(map(len, texts.values())) > _MAX_TEXTS:
        return f"all texts together have at most {_MAX_TEXTS // 1_000_000} million characters"
    return ""


def _id(item: object) -> str | None:
    """Return the id of an invalid record, if it has one that fits into a message."""
    id_ = item.get("id") if isinstance(item, dict) else None
    return id_ if isinstance(id_, str) and id_.isprintable() and len(id_) <= 200 else None
