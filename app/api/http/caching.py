"""`Cache-Control`: how long caches may keep a response (RFC 9111)."""

# A cache may serve a stale response, while it revalidates, for ten times its lifetime (RFC 5861).
_STALE_FACTOR = 10
# A response that can never change: clients need not revalidate it within a year (RFC 8246).
UNCHANGING = "public, max-age=31536000, immutable"


def cache_control(seconds: int) -> str:
    """Return the `Cache-Control` of reads that caches may keep for `seconds`; 0 means revalidate always."""
    if seconds == 0:
        return "no-cache"
    stale = seconds * _STALE_FACTOR
    return f"public, max-age={seconds}, stale-while-revalidate={stale}"
