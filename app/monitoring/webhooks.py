"""The metrics of `timeline webhooks`. Importing this module needs the extra `metrics`."""

from typing import Final

from prometheus_client import Counter, Gauge, disable_created_metrics

disable_created_metrics()  # type: ignore[no-untyped-call]

_ATTEMPTS: Final = Counter(
    "timeline_webhook_attempts_total",
    "Attempts to deliver a change, by outcome: delivered or failed.",
    ["webhook", "outcome"],
)
_LAST_SEQ: Final = Gauge(
    "timeline_webhook_last_seq",
    "The number of the last change that was delivered, or that the receiver did not choose.",
    ["webhook"],
)
_FAILING: Final = Gauge(
    "timeline_webhook_failing", "Whether the last attempt failed, and others follow.", ["webhook"]
)
_STOPPED: Final = Gauge(
    "timeline_webhook_stopped", "Whether nothing is sent until an operator resumes it.", ["webhook"]
)


class WebhookMeter:
    """Counts the attempts for each receiver, and shows where it is in the log."""

    def count_attempt(self, name: str, *, delivered: bool) -> None:
        """Count one attempt."""
        _ATTEMPTS.labels(name, "delivered" if delivered else "failed").inc()

    def note_position(self, name: str, last: int, *, failing: bool, stopped: bool) -> None:
        """Note the position of a receiver."""
        for outcome in ("delivered", "failed"):
            # A counter that is missing until the first failure hides that failure from `rate`.
            _ATTEMPTS.labels(name, outcome)
        _LAST_SEQ.labels(name).set(last)
        _FAILING.labels(name).set(failing)
        _STOPPED.labels(name).set(stopped)
