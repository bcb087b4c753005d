"""Settings from the environment (`TIMELINE_…`). Layers below main and cli get them passed in."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.setting_checks import (
    check_by,
    check_event_page,
    check_metrics_port,
    check_public_url,
    check_quotes_url,
    check_rate_limit,
    check_rate_limit_storage,
    check_read_urls,
    check_traces_url,
    check_trusted_proxies,
)

PROJECT_ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Each field is the environment variable `TIMELINE_` plus its name in capitals.

    The descriptions are the "meaning" column of docs/configuration.md: `make examples` copies them there.
    """

    model_config = SettingsConfigDict(env_prefix="TIMELINE_", frozen=True)

    database_url: str = Field(
        default=f"sqlite:///{PROJECT_ROOT / 'timeline.db'}",
        description="The URL of the SQLite or PostgreSQL database.",
    )
    read_urls: Annotated[str, AfterValidator(check_read_urls)] = Field(
        default="",
        description="The URLs of replicas of this PostgreSQL database, separated by spaces; they answer reads "
        "without a key. Empty: the database answers everything.",
    )
    read_lag_seconds: float = Field(
        default=5,
        ge=0.5,
        le=3600,
        description="For how long a replica may lack a change and still answer, 0.5 to 3600 seconds.",
    )
    host: str = Field(default="127.0.0.1", description="The address that the server listens on.")
    port: int = Field(default=8000, ge=0, le=65535, description="The port; 0 takes a free one.")
    workers: int = Field(default=1, ge=1, description="The number of worker processes.")
    seeds: Path = Field(
        default=PROJECT_ROOT / "seeds",
        description="The folder of records for a new database; `timeline lint` and `timeline "
        "verify` without paths check it. Its `gaps.toml` has the known gaps of `/v1/coverage`.",
    )
    by: Annotated[str, AfterValidator(check_by)] = Field(
        default="",
        max_length=100,
        description="Who runs `timeline load` and `timeline revert`: the name in the change log, which "
        "anybody can read. Default: the name of the command.",
    )
    quotes_url: Annotated[str, AfterValidator(check_quotes_url)] = Field(
        default="",
        description="An http or https address that proposes quotes for drafts. With it, the text of each "
        "draft is sent there; empty sends no text anywhere.",
    )
    pool_size: int = Field(
        default=10,
        ge=1,
        le=200,
        description="Connections, and so requests that read the database at once, 1 to 200.",
    )
    costly_reads: int = Field(
        default=3,
        ge=1,
        le=200,
        description="Of these, requests that look at every match at once, 1 to 200: with `facets`, `q`, "
        "`activity` or `total`, histograms, coverage, networks, counterparts, resolved names, slides.",
    )
    exports: int = Field(
        default=4,
        ge=1,
        le=50,
        description="Exports (`/v1/events.csv` and the like) at once, 1 to 50, each with a separate "
        "connection.",
    )
    streams: int = Field(
        default=100,
        ge=1,
        le=10_000,
        description="Open streams of changes (`/v1/changes/stream`), 1 to 10,000. A waiting stream "
        "holds no database connection.",
    )
    caller_streams: int = Field(
        default=10,
        ge=1,
        le=10_000,
        description="Of these, streams of one key, or of one address without a key, 1 to 10,000.",
    )
    body_bytes: int = Field(
        default=1_000_000,
        ge=1_000,
        le=100_000_000,
        description="The largest body that writes one record, 1000 to 100000000 bytes.",
    )
    query_seconds: float = Field(
        default=10,
        ge=0,
        le=3600,
        description="How long a read may use the database before it gets a 503, 0 to 3600; 0 means "
        "no limit. Exports, writes and the command have no limit.",
    )
    clock_jump_hours: int = Field(
        default=24,
        ge=0,
        le=8760,
        description="How far the clock may jump ahead while the server runs before writes get a 503, 0 to "
        "8760 hours; 0 means no limit. A time without writes is no jump.",
    )
    past_folder: Path = Field(
        default=PROJECT_ROOT / "past",
        description="The folder of past states.",
    )
    past_states: int = Field(
        default=20,
        ge=1,
        le=1000,
        description="Past states to keep, beside those for releases, 1 to 1000.",
    )
    past_bytes: int = Field(
        default=10_000_000_000,
        ge=1_000_000,
        description="The size of all past states together, at least 1000000 bytes; the newest is kept "
        "in any case, and those for releases are deleted last.",
    )
    imports: int = Field(
        default=2,
        ge=1,
        le=20,
        description="Imports (`POST /v1/imports`) at once, 1 to 20, each with its body in a file.",
    )
    caller_imports: int = Field(
        default=4,
        ge=1,
        le=1000,
        description="Imports of one key that arrive, wait or run at once, 1 to 1000; a further one gets "
        "a 503 at once.",
    )
    import_bytes: int = Field(
        default=256_000_000,
        ge=1_000,
        description="The largest body of an import, at least 1000 bytes.",
    )
    idempotency_hours: int = Field(
        default=24,
        ge=1,
        le=8_760,
        description="How long that response is kept, 1 to 8760 hours.",
    )
    public_url: Annotated[str, AfterValidator(check_public_url)] = Field(
        default="",
        description="The base of links in responses, such as `https://example.org/timeline`; empty "
        "takes it from each request. `/mcp` answers requests for its host.",
    )
    event_page: Annotated[str, AfterValidator(check_event_page)] = Field(
        default="",
        description="The page of an event on another site, to which feeds, calendars and maps lead, such as "
        "`https://example.org/{language}/{id}`; empty leads to the pages of this server.",
    )
    publisher: str = Field(
        default="",
        max_length=300,
        description="The name of the person or organisation that publishes the data with this server, "
        "for catalogues of open data (`/v1/dataset.jsonld`), the page about the data, and every description in "
        "a published release.",
    )
    contact: str = Field(
        default="",
        max_length=300,
        pattern=r"^([^\s@:/]+@[^\s@:/]+|https?://[^\s]+)?$",
        description="Where readers may ask about the data: an e-mail address, or the URL of a page with "
        "`https://`; for catalogues of open data, in `/v1/dataset.jsonld` and in a published release.",
    )
    trusted_proxies: Annotated[str, AfterValidator(check_trusted_proxies)] = Field(
        default="127.0.0.1,::1",
        description="The addresses and networks, separated by commas, whose `X-Forwarded-For` and "
        "`X-Forwarded-Proto` are trusted; `*` trusts everybody.",
    )
    rate_limit: Annotated[str, AfterValidator(check_rate_limit)] = Field(
        default="",
        description="Requests allowed per key or address; empty means unlimited.",
    )
    rate_limit_storage: Annotated[str, AfterValidator(check_rate_limit_storage)] = Field(
        default="memory://",
        description="Where requests are counted.",
    )
    url_bytes: int = Field(
        default=16_384,
        ge=1024,
        le=65_535,
        description="The longest path and query together, 1024 to 65535 bytes; a longer one gets a "
        "414.",
    )
    header_bytes: int = Field(
        default=16_384,
        ge=1024,
        description="The largest headers of a request, names and values, at least 1024 bytes; larger "
        "ones get a 431.",
    )
    keep_alive_seconds: int = Field(
        default=5,
        ge=1,
        description="How long an idle connection stays open. Behind a proxy that reuses connections, "
        "choose longer than the proxy's time.",
    )
    connections: int = Field(
        default=1000,
        ge=10,
        le=100_000,
        description="Open connections of a worker, 10 to 100000; fewer if the limit of open files is "
        "lower.",
    )
    address_connections: int = Field(
        default=100,
        ge=1,
        le=100_000,
        description="Open connections of one address (of IPv6: one /64 network) to a worker, 1 to "
        "100000. Trusted proxies have no such limit.",
    )
    head_seconds: float = Field(
        default=10,
        gt=0,
        le=3600,
        description="How long a client may take to send the head of a request, counted from its first "
        "byte, or for the first request from the connection.",
    )
    body_seconds: float = Field(
        default=30,
        gt=0,
        le=3600,
        description="The time in which a body must end, or this many seconds × `TIMELINE_BODY_RATE` "
        "bytes of it must arrive; a slower one gets a 408.",
    )
    body_rate: int = Field(
        default=10_000,
        ge=1,
        description="The fewest bytes of a large body in a second.",
    )
    reader_seconds: float = Field(
        default=30,
        gt=0,
        le=3600,
        description="How long a client may read nothing of a complete response; it needs to read some 5 kB "
        "a second. An export, a download or a stream has three minutes.",
    )
    unread_bytes: int = Field(
        default=32_000_000,
        ge=1_000_000,
        description="Memory for complete responses that clients have not read, at least 1000000 bytes "
        "in each worker. Beyond it the server drops the connections of the address that holds most.",
    )
    kept_bytes: int = Field(
        default=32_000_000,
        ge=0,
        le=10_000_000_000,
        description="Memory for answers that are sent again while the data stays the same, 0 to "
        "10000000000 bytes in each worker; 0 keeps none.",
    )
    counted_events: int = Field(
        default=2_000_000,
        ge=0,
        le=1_000_000_000,
        description="The most events of which sets are kept in memory, for facets, histograms, totals and "
        "filtered pages, 0 to 1000000000; with more the database does this. 0 keeps no sets of events.",
    )
    cache_seconds: int = Field(
        default=60,
        ge=0,
        le=31_536_000,
        description="How long caches may keep a response, 0 to 31536000.",
    )
    metrics_host: str = Field(
        default="127.0.0.1",
        description="The address that serves metrics for Prometheus.",
    )
    metrics_port: Annotated[int, AfterValidator(check_metrics_port)] = Field(
        default=0,
        ge=0,
        le=65535,
        description="Its port; 0 serves no metrics. Another port needs the package `prometheus-client`.",
    )
    traces_url: Annotated[str, AfterValidator(check_traces_url)] = Field(
        default="",
        description="The URL of a collector that takes spans of OpenTelemetry by OTLP over HTTP, such as "
        "`http://127.0.0.1:4318/v1/traces`; it needs the package `opentelemetry-exporter-otlp-proto-http`. Empty: no traces.",
    )
    log_level: str = Field(
        default="info",
        pattern="^(debug|info|warning|error)$",
        description="`debug`, `info`, `warning` or `error`.",
    )
    shutdown_seconds: int = Field(
        default=5,
        ge=0,
        description="How long a stopping server waits for running requests.",
    )
