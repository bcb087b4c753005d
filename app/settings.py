"""The settings, from the environment (`TIMELINE_…`); passed in, never imported below main and cli."""

from importlib.util import find_spec
from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT_ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Every setting is an environment variable: `TIMELINE_` and the field's name in capitals."""

    model_config = SettingsConfigDict(env_prefix="TIMELINE_", frozen=True)

    database_url: str = Field(
        default=f"sqlite:///{PROJECT_ROOT / 'timeline.db'}",
        description="SQLAlchemy URL: `sqlite:///file.db` or `postgresql://user@host/name`.",
    )
    host: str = Field(default="127.0.0.1", description="The address that the server listens on.")
    port: int = Field(default=8000, ge=0, le=65535, description="The port; 0 takes a free one.")
    workers: int = Field(default=1, ge=1, description="The processes that answer.")
    seeds: Path = Field(
        default=PROJECT_ROOT / "seeds",
        description="The records that `timeline serve` loads into a database that it creates.",
    )
    pool_size: int = Field(
        default=10,
        ge=1,
        le=200,
        description="Connections, and so requests that read the database at once, per worker.",
    )
    exports: int = Field(
        default=4,
        ge=1,
        le=50,
        description="Exports under way at once, per worker; each holds a connection of its own.",
    )
    streams: int = Field(
        default=100,
        ge=1,
        le=10_000,
        description="Streams of changes open at once, per worker; one that waits holds nothing.",
    )
    body_bytes: int = Field(
        default=1_000_000,
        ge=1_000,
        le=100_000_000,
        description="How large the body of a request that writes one record may be.",
    )
    query_seconds: float = Field(
        default=10,
        ge=0,
        le=3600,
        description="How long a read may ask the database, before it is given up; 0: without end.",
    )
    past_folder: Path = Field(
        default=PROJECT_ROOT / "past",
        description="The folder of the past states that `as_of` and `release` are answered from.",
    )
    past_states: int = Field(
        default=20,
        ge=1,
        le=1000,
        description="Past states that are kept as files, beside those of releases; the least recently used go first.",
    )
    imports: int = Field(
        default=2,
        ge=1,
        le=20,
        description="Imports under way at once, per worker; each has a file for its body.",
    )
    import_bytes: int = Field(
        default=256_000_000,
        ge=1_000,
        description="How large the body of an import may be.",
    )
    idempotency_hours: int = Field(
        default=24,
        ge=1,
        le=8_760,
        description="How long the answer to an import with an `Idempotency-Key` is kept.",
    )
    public_url: str = Field(
        default="",
        pattern=r"^(https?://[^\s?#]+)?$",
        description="The base of links in answers, e.g. `https://example.org/timeline`; "
        "empty: taken from each request.",
    )
    trusted_proxies: str = Field(
        default="127.0.0.1,::1",
        description="The addresses and networks whose `X-Forwarded-For` and `X-Forwarded-Proto` are "
        "believed, with commas; `*`: everybody's.",
    )
    rate_limit: str = Field(
        default="",
        description="How many requests a key, or an address, may send in how much time, e.g. "
        "`100/minute`; empty: as many as they like.",
    )
    rate_limit_storage: str = Field(
        default="memory://",
        description="Where requests are counted: `memory://`, each worker by itself, or "
        "`redis://host:6379/0`, all together.",
    )
    url_bytes: int = Field(
        default=16_384, ge=1024, le=65_535, description="How long path and query may be together."
    )
    header_bytes: int = Field(
        default=16_384, ge=1024, description="How large the headers of a request may be."
    )
    keep_alive_seconds: int = Field(
        default=5, ge=1, description="How long a connection without a request is kept open."
    )
    cache_seconds: int = Field(
        default=60,
        ge=0,
        le=31_536_000,
        description="How long caches may keep an answer; 0: they must ask each time.",
    )
    log_level: str = Field(
        default="info",
        pattern="^(debug|info|warning|error)$",
        description="`debug`, `info`, `warning` or `error`.",
    )
    shutdown_seconds: int = Field(
        default=5,
        ge=0,
        description="How long a stopping server waits for the requests under way.",
    )

    @field_validator("rate_limit")
    @classmethod
    def _is_rate(cls, text: str) -> str:
        if text:
            from limits import parse_many  # It takes a while, and most servers have no limit.

            try:
                (rate,) = parse_many(text)
            except ValueError:
                raise ValueError(f"{text!r}: expected such as 100/minute or 5000/hour") from None
            if rate.amount < 1:
                raise ValueError(f"{text!r} allows no request")
        return text

    @field_validator("rate_limit_storage")
    @classmethod
    def _is_storage(cls, url: str) -> str:
        if url != "memory://":
            if not url.startswith(("redis://", "rediss://", "redis+unix://")):
                raise ValueError("expected memory:// or redis://host:6379/0")
            if find_spec("redis") is None:
                raise ValueError("it needs the package redis: install russia-dprk-timeline[redis]")
        return url
