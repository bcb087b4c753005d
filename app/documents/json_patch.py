"""The difference of two documents as a JSON Patch (RFC 6902)."""

import json
from enum import StrEnum
from typing import Any

import jsonpatch
from pydantic import MISSING, Field, RootModel

from app.documents.entities.base import SparseDocumentPart


class PatchOp(StrEnum):
    """What a step of a patch does; of those of the standard, `copy` and `test` are not needed."""

    ADD = "add"
    REMOVE = "remove"
    REPLACE = "replace"
    MOVE = "move"


class PatchStep(SparseDocumentPart):
    """A step from one document to another: what is done, and where."""

    op: PatchOp
    path: str = Field(description="JSON pointer (RFC 6901).", examples=["/title/en"])
    origin: str | MISSING = Field(
        default=MISSING, alias="from", description="With `move`: the JSON pointer of what is moved."
    )
    value: Any = Field(default=MISSING, description="With `add` and `replace`: what is put there.")


class Patch(RootModel[list[PatchStep]]):
    """Steps that make one document of another, to be taken in this order; none: they are the same."""


def make_patch(before: str, after: str) -> str:
    """The JSON of a patch that makes the second document of the first."""
    steps: list[dict[str, Any]] = jsonpatch.make_patch(json.loads(before), json.loads(after)).patch
    return json.dumps(steps, ensure_ascii=False, separators=(",", ":"))
