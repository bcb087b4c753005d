"""The file of positions: for each receiver the last delivered change, and whether it is stopped."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from app.reading.parameters.changes import MAX_SEQ


class PositionsError(Exception):
    """The file of positions cannot be used. The text is a sentence."""


class DeliveryPosition(BaseModel):
    """How far a receiver is: everything up to the change `last` was delivered, or was not for it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    last: int = Field(ge=0, le=MAX_SEQ)
    # The digest of that change, which tells its log from another one; empty before the first change, and
    # in a file of an older version.
    digest: str = ""
    # When the first of the present row of failures happened; null after a delivery.
    failing_since: AwareDatetime | None = None
    # Why nothing more is sent; empty while the receiver is served.
    stopped: str = ""


_FORM = TypeAdapter(dict[str, DeliveryPosition])


class Positions:
    """The positions of all receivers, written to the file at each change of one."""

    def __init__(self, path: Path) -> None:
        """Read the file, if it exists. Raises PositionsError."""
        self._path = path
        try:
            self._all = _FORM.validate_json(path.read_bytes()) if path.exists() else {}
        except OSError as error:
            raise PositionsError(f"{path} cannot be read: {error.strerror}") from None
        except ValidationError as invalid:
            raise PositionsError(f"{path} cannot be read: {_explain(invalid)}") from None

    def find(self, name: str) -> DeliveryPosition | None:
        """Return the position of a receiver, or None for a new one."""
        return self._all.get(name)

    def write(self, name: str, position: DeliveryPosition) -> None:
        """Set the position of a receiver. The file is replaced as a whole. Raises PositionsError."""
        if self._all.get(name) == position:
            return
        changed = {**self._all, name: position}
        unfinished = self._path.with_name(f"{self._path.name}.part")
        try:
            with unfinished.open("wb") as file:
                file.write(_FORM.dump_json(changed, indent=2) + b"\n")
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(self._path)
        except OSError as error:
            raise PositionsError(f"{self._path} cannot be written: {error.strerror}") from None
        self._all = changed


def _explain(invalid: ValidationError) -> str:
    error = invalid.errors(include_url=False)[0]
    where = ".".join(str(part) for part in error["loc"])
    return f"{where}: {error['msg']}" if where else error["msg"]


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Let no second process use the file of positions. Raises PositionsError if one does, and for a folder."""
    if path.is_dir():
        raise PositionsError(f"{path} is a folder: --state takes the name of a file")
    try:
        file = path.with_name(f"{path.name}.lock").open("wb")
    except OSError as error:
        raise PositionsError(f"{path} cannot be locked: {error.strerror}") from None
    with file:
        try:
            flock(file, LOCK_EX | LOCK_NB)
        except OSError:
            raise PositionsError(f"{path} is in use by another timeline webhooks") from None
        yield
