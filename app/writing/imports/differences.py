"""The differences between the stored record of an entity and the new one, as text and as a patch."""

import json
from collections.abc import Iterator
from typing import Any, Final

from app.documents.imports.review import FieldChange
from app.documents.json_patch import PatchStep, make_patch
from app.records.models import Plain

# Longer values are cut.
_LONGEST: Final = 300
_NOTHING: Final[tuple[Any, ...]] = (None, [], {}, "")


def field_changes(before: Plain, after: Plain) -> list[FieldChange]:
    """Return each field that differs; of a mapping each key, of a list the items that differ."""
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
        if isinstance(old, dict) and isinstance(new, dict):
            yield from _differing(old, new, f"{within}{name}/")
        elif isinstance(old, list) and isinstance(new, list):
            gone = [each for each in old if each not in new]
            come = [each for each in new if each not in old]
            # Items in another order, or a different number of equal ones.
            yield f"{within}{name}", *((gone, come) if gone or come else (old, new))
        else:
            yield f"{within}{name}", old, new


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
    if isinstance(value, dict):
        value = {key: each for key, each in value.items() if each not in _NOTHING}
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
