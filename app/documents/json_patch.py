"""The difference between two documents as a JSON Patch (RFC 6902)."""

import json
from enum import StrEnum
from typing import Any

import jsonpatch
from pydantic import MISSING, Field, RootModel

from app.documents.entities.base import SparseDocumentPart


class PatchOp(StrEnum):
    """The operation of a patch step. The standard's `copy` and `test` do not occur."""

    ADD = "add"
    REMOVE = "remove"
    REPLACE = "replace"
    MOVE = "move"


class PatchStep(SparseDocumentPart):
    """One operation of a JSON Patch."""

    op: PatchOp
    path: str = Field(
        description="JSON pointer (RFC 6901) of the changed value.", examples=["/title/en"]
    )
    origin: str | MISSING = Field(
        default=MISSING,
        alias="from",
        description="With `move`, JSON pointer of the old place of the value; otherwise absent.",
    )
    value: Any = Field(
        default=MISSING, description="With `add` and `replace`, the new value; otherwise absent."
    )


class Patch(RootModel[list[PatchStep]]):
    """Operations, in order, that turn one document into another; empty if they are equal."""


def make_patch(before: str, after: str) -> str:
    """Return the JSON of a patch that turns the first document into the second."""
    steps: list[dict[str, Any]] = jsonpatch.make_patch(json.loads(before), json.loads(after)).patch
    return json.dumps(steps, ensure_ascii=False, separators=(",", ":"))
