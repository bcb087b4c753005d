"""The settings, from the environment (`TIMELINE_…`); passed in, never imported below main and cli."""

from pathlib import Path

from pydantic import Field
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
    public_url: str = Field(
        default="",
        pattern=r"^(https?://[^\s?#]+)?$",
        description="The base of links in answers, e.g. `https://example.org/timeline`; "
        "empty: taken from each request.",
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
