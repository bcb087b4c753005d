"""How long caches may keep an answer: `Cache-Control` (RFC 9111)."""

# While a cache fetches anew it may give the old answer for ten times as long as it was fresh.
_STALE_FACTOR = 10
# What can never change: nobody needs to ask again within a year (RFC 8246).
UNCHANGING = "public, max-age=31536000, immutable"


def cache_control(seconds: int) -> str:
    """The `Cache-Control` of reads that caches may keep for so many seconds; 0: ask every time."""
    if seconds == 0:
        return "no-cache"
    stale = seconds * _STALE_FACTOR
    return f"public, max-age={seconds}, stale-while-revalidate={stale}"
