"""The metrics of a server. Importing this module needs the extra `metrics`.

Their names follow Prometheus' conventions: base units, and `_total` for counters. Of several workers,
counters and most gauges are sums.
"""

from typing import Final, Literal

from prometheus_client import Counter, Gauge, Histogram, disable_created_metrics

# Prometheus finds resets by itself, and these series would double the rest.
disable_created_metrics()  # type: ignore[no-untyped-call]

# In seconds: a kept answer takes less than 1 ms, a page 3 ms, a cancelled query 10 s, an import minutes.
_BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120)

REQUESTS: Final = Histogram(
    "timeline_http_request_duration_seconds",
    "Requests, with the time from the end of the head to the end of the answer, by method, template of the path "
    "and status (0: the connection ended before an answer).",
    ["method", "route", "status"],
    buckets=_BUCKETS,
)


def _gauge(
    name: str,
    text: str,
    *labels: str,
    of_workers: Literal["livesum", "livemin", "livemax"] = "livesum",
) -> Gauge:
    return Gauge(f"timeline_{name}", text, labels, multiprocess_mode=of_workers)


def _counter(name: str, text: str, *labels: str) -> Counter:
    return Counter(f"timeline_{name}_total", text, labels)


BUILD: Final = _gauge(
    "build_info", "The version of the program; always 1.", "version", of_workers="livemax"
)
WORKERS: Final = _gauge("workers", "Worker processes that run.")

DATABASE_UP: Final = _gauge(
    "database_up",
    "Whether the database answered within the last seconds; of several workers, whether it answered all.",
    of_workers="livemin",
)
LAST_SEQ: Final = _gauge(
    "last_change_seq", "The number of the newest change of the log.", of_workers="livemax"
)
CONNECTIONS: Final = _gauge(
    "database_connections", "Connections to the database in use, by pool.", "pool"
)
CONNECTIONS_LIMIT: Final = _gauge(
    "database_connections_limit", "Connections that a pool may have.", "pool"
)

REPLICA_USED: Final = _gauge(
    "replica_used",
    "Whether the replica answers reads; of several workers, whether it does for all.",
    "replica",
    of_workers="livemin",
)
REPLICA_LAG: Final = _gauge(
    "replica_lag_seconds",
    "Seconds for which the replica has lacked a change of the primary.",
    "replica",
    of_workers="livemax",
)
REPLICA_LAG_CHANGES: Final = _gauge(
    "replica_lag_changes",
    "Changes of the primary that the replica lacks.",
    "replica",
    of_workers="livemax",
)

SLOTS: Final = _gauge("slots", "Slots in use, by kind of work; one writer has its turn.", "work")
SLOTS_LIMIT: Final = _gauge("slots_limit", "Slots for a kind of work.", "work")
SLOTS_WAITING: Final = _gauge("slots_waiting", "Requests that wait for a slot.", "work")
SLOTS_TAKEN: Final = _counter("slots_taken", "Slots that requests got.", "work")
SLOTS_REFUSED: Final = _counter("slots_refused", "Requests that got a 503 instead.", "work")
SLOTS_WAIT: Final = _counter(
    "slots_wait_seconds", "Seconds for which all requests waited for slots.", "work"
)
STREAMS: Final = _gauge("streams", "Open streams of changes.")
STREAMS_LIMIT: Final = _gauge("streams_limit", "Streams of changes that may be open.")

KEPT_HITS: Final = _counter("kept_answers_hits", "Requests that a kept answer served.")
KEPT_MISSES: Final = _counter("kept_answers_misses", "Requests for which no answer was kept.")
KEPT_BYTES: Final = _gauge("kept_answers_bytes", "Memory that kept answers take.")
KEPT_LIMIT: Final = _gauge("kept_answers_limit_bytes", "Memory that kept answers may take.")

PAST_BUILT: Final = _counter("past_states_built", "Past states that were built.")
PAST_BUILDING: Final = _gauge("past_states_building", "Past states that are being built.")
