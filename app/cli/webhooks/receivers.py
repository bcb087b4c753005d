"""The file of receivers: the addresses to which an operator lets messages go.

[webhooks.newsroom]
url = "https://example.org/hooks/timeline"
secrets = ["whsec_…"]
kind = ["event", "treaty"]
"""

import os
import stat
import tomllib
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import httpx
import structlog
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from app.cli.webhooks.signing import read_secret
from app.domain.values import Slug
from app.domain.vocabulary import EntityKind
from app.reading.parameters.changes import MAX_SEQ, ChosenChanges

_log = structlog.get_logger("timeline.webhooks")


class ReceiversError(Exception):
    """A file of receivers that cannot be used. The text has a line for each mistake, and no secret."""


class Receiver(BaseModel):
    """An address, the secrets that sign its messages, and the changes that it gets."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    url: str = Field(max_length=2000)
    # All sign, so that a receiver can change from one secret to the next without losing a message.
    secrets: Annotated[list[str], Field(min_length=1, max_length=5, repr=False)]
    kind: list[EntityKind] = []
    direct: bool = False
    # The change after which a new receiver starts; by default the newest one.
    after: int | None = Field(default=None, ge=0, le=MAX_SEQ)
    allow_http: bool = False
    allow_private: bool = False

    @property
    def keys(self) -> list[bytes]:
        """The decoded secrets."""
        return [read_secret(secret) for secret in self.secrets]

    @property
    def chosen(self) -> ChosenChanges:
        """The changes that the receiver wants."""
        return ChosenChanges(kind=self.kind, direct=self.direct)

    @model_validator(mode="after")
    def _is_usable(self) -> "Receiver":
        try:
            parts = urlsplit(self.url)
            # Refuses hosts such as 999.1.1.1, which are neither a name nor an address.
            httpx.URL(self.url)
            usable = bool(parts.hostname) and parts.port != 0 and parts.username is None
        except (ValueError, httpx.InvalidURL):
            usable = False
        plain = usable and self.url.isascii() and self.url.isprintable() and " " not in self.url
        if not plain or parts.scheme not in ("http", "https") or parts.fragment:
            # The address may hold a secret, so it is not repeated.
            raise ValueError("url is not an address such as https://example.org/hooks")
        if parts.scheme == "http" and not self.allow_http:
            raise ValueError("url must begin with https:// unless allow_http = true")
        _ = self.keys
        return self


def read_receivers(path: Path) -> dict[str, Receiver]:
    """Return the receivers of a TOML file by name; raises ReceiversError."""
    try:
        _check_private(path)
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ReceiversError(f"{path}: cannot be read: {error}") from None
    found = tables.pop("webhooks", {})
    if tables or not isinstance(found, dict) or not found:
        raise ReceiversError(f"{path}: expected tables such as [webhooks.newsroom], and no others")
    try:
        return TypeAdapter(dict[Slug, Receiver]).validate_python(found)
    except ValidationError as invalid:
        lines = [f"{path}: {_explain(error)}" for error in invalid.errors(include_input=False)]
        raise ReceiversError("\n".join(lines)) from None


def _check_private(path: Path) -> None:
    """Raise ReceiversError if every user may change the file; warn if every user may read its secrets.

    Files of secrets in containers are readable by all. Only POSIX says who may.
    """
    mode = stat.S_IMODE(path.stat().st_mode) if os.name == "posix" else 0
    if mode & stat.S_IWOTH:
        raise ReceiversError(
            f"{path}: other users may change it (mode {mode:o}): run chmod 600 {path}"
        )
    if mode & stat.S_IROTH:
        _log.warning(
            "other users may read the secrets of webhooks", file=str(path), remedy="chmod 600"
        )


def _explain(error: Any) -> str:
    where = ".".join(str(part) for part in ("webhooks", *error["loc"]))
    return f"{where}: {error['msg'].removeprefix('Value error, ')}"
