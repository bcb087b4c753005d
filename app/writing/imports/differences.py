"""The differences between the stored record of an entity and the new one, as text and as a patch."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from app.documents.imports.review import FieldChange
from app.documents.json_patch import PatchStep, make_patch
from app.records.models import Plain

# Longer values are cut.
_LONGEST: Final = 300
# The fields by which the items of lists are told apart: participants, citations.
_KEYS: Final = ("id", "source")
_NOTHING: Final[tuple[Any, ...]] = (None, [], {}, "")


def field_changes(before: Plain, after: Plain) -> list[FieldChange]:
    """Return each field that differs; of a mapping each key, of a list the items that differ.

    Items of both lists with one key, such as the citations of one source, are compared within.
    """
    return [
        FieldChange(field=field, before=_text(old), after=_text(new))
        for field, old, new in _differing(before, after, "")
    ]


def patch_steps(before: Plain, after: Plain) -> list[PatchStep]:
    """Return the JSON Patch (RFC 6902) from one record to the other."""
    steps = json.loads(make_patch(json.dumps(before), json.dumps(after)))
    return [PatchStep.model_validate(step) for step in steps]


def _differing(before: Plain, after: Plain, within: str) -> Iterator[tuple[str, Any, Any]]:
    for name in {**before, **after}:
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        if (
            isinstance(old, dict)
            and isinstance(new, dict)
            and not (_is_span(old) and _is_span(new))
        ):
            yield from _differing(old, new, f"{within}{name}/")
        elif (olds := _by_key(name, old)) and (news := _by_key(name, new)) and _share(olds, news):
            yield from _differing_items(olds, news, f"{within}{name}")
        elif isinstance(old, list) and isinstance(new, list):
            gone = [each for each in old if each not in new]
            come = [each for each in new if each not in old]
            # Items in another order, or a different number of equal ones.
            yield f"{within}{name}", *((gone, come) if gone or come else (old, new))
        else:
            yield f"{within}{name}", old, new


def _differing_items(
    olds: Mapping[str, Plain], news: Mapping[str, Plain], within: str
) -> Iterator[tuple[str, Any, Any]]:
    """Yield the items that one list has alone, then the differences within those that both have."""
    gone = [item for key, item in olds.items() if key not in news]
    come = [item for key, item in news.items() if key not in olds]
    both = [key for key in olds if key in news]
    order = [key for key in news if key in olds]
    if gone or come or both != order:
        yield within, gone or (None if come else both), come or (None if gone else order)
    for key in both:
        yield from _differing(olds[key], news[key], f"{within}/{key}/")


def _share(olds: Mapping[str, Plain], news: Mapping[str, Plain]) -> bool:
    """Whether an item of both lists has one key. Spans of evidence pair up if none was added or removed."""
    if "0" in olds and len(olds) != len(news):
        return False
    return bool(olds.keys() & news.keys())


def _is_span(value: Plain) -> bool:
    return value.keys() == {"start", "end"}


def _by_key(name: str, value: Any) -> dict[str, Plain]:
    """Return the mappings of a list by their key; empty for other values and repeated keys.

    A span of evidence has no key of its own, but its number.
    """
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        return {}
    keys = [next((str(i[k]) for k in _KEYS if isinstance(i.get(k), str)), "") for i in value]
    if name == "evidence":
        keys = [str(number) for number in range(len(value))]
    return dict(zip(keys, value, strict=True)) if all(keys) and len({*keys}) == len(keys) else {}


def _text(value: Any) -> str | None:
    if value in _NOTHING:
        return None
    if isinstance(value, list):
        text = "; ".join(map(_item, value))
    else:
        text = _item(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _item(value: Any) -> str:
    """Return a text as it is, and a mapping without the keys that have no value."""
    if isinstance(value, dict) and _is_span(value):
        return f"{value['start']}–{value['end']}"
    if isinstance(value, dict):
        value = {key: each for key, each in value.items() if each not in _NOTHING}
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
