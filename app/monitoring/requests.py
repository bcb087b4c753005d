"""Measure requests."""

from typing import Final

from prometheus_client import Histogram

from app.monitoring.metrics import REQUESTS

# A client may send any method, but each label value is memory for good.
_METHODS: Final = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
# To find a child takes the library as long as to add to it.
_children: Final[dict[tuple[str, str, int], Histogram]] = {}


def measure_request(method: str, route: str, status: int, seconds: float) -> None:
    """Count a request that took so many seconds, under its path template."""
    child = _children.get((method, route, status))
    if child is None:
        method = method if method in _METHODS else "other"
        child = REQUESTS.labels(method, route or "none", status)
        _children[method, route, status] = child
    child.observe(seconds)
