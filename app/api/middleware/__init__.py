"""The middleware, in order."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from starlette.middleware import Middleware

from app.api.middleware.api_keys import (
    ApiKeyMiddleware,
    RefuseBadKeysMiddleware,
    SeparateCallersMiddleware,
)
from app.api.middleware.compression import CompressionMiddleware
from app.api.middleware.conditional import ConditionalMiddleware
from app.api.middleware.cors import CorsMiddleware
from app.api.middleware.head import HeadMiddleware
from app.api.middleware.keeping import KeepingMiddleware
from app.api.middleware.kept_answers import KeptAnswers
from app.api.middleware.note_route import NoteRouteMiddleware
from app.api.middleware.request_log import Measure, RequestLogMiddleware
from app.api.middleware.size_limits import SizeLimitMiddleware
from app.api.middleware.state_number import StateNumberMiddleware

if TYPE_CHECKING:
    from app.tables.replicas.replicas import Replicas


def stack(
    *,
    url_bytes: int,
    header_bytes: int,
    rate_limit: str,
    rate_limit_storage: str,
    cache_seconds: int,
    kept: KeptAnswers,
    kept_of_replicas: Mapping[str, KeptAnswers],
    replicas: "Replicas | None",
    measure: Measure | None = None,
) -> list[Middleware]:
    """Return the middleware from the outside in: requests pass it in this order, responses in reverse."""
    return [
        # Outermost, so that pages can read every response, the 500 of the log included.
        Middleware(CorsMiddleware),
        # Every response gets its id, its log line and its measure, with the status and method that the client sees.
        Middleware(RequestLogMiddleware, measure),
        # Oversized requests are refused before anything parses them.
        Middleware(SizeLimitMiddleware, url_bytes, header_bytes),
        # The rate limit needs the caller. It counts requests with invalid keys too, so these are
        # refused only behind it.
        Middleware(ApiKeyMiddleware),
        *_rate_limit(rate_limit, rate_limit_storage),
        Middleware(RefuseBadKeysMiddleware),
        # Everything further in sees GET only, so HEAD has GET's headers, `Content-Encoding` included.
        Middleware(HeadMiddleware),
        # The database that answers, before its kept answers are looked at.
        *_replicas(replicas),
        # Answers from memory before anything is made. All middleware further in depends only on the data
        # and the request; everything further out, such as the request's id, happens each time.
        *([Middleware(KeepingMiddleware, kept, kept_of_replicas)] if kept.limit else []),
        # A kept answer has the number of its state already.
        Middleware(StateNumberMiddleware),
        # A kept answer says already that it is for everybody without a key.
        Middleware(SeparateCallersMiddleware),
        # Entity tags get the coding's suffix on the way out, and lose it on the way in.
        Middleware(CompressionMiddleware),
        # A tag is the digest of the uncompressed bytes, and a 304 needs no compression.
        Middleware(ConditionalMiddleware, cache_seconds),
        # Innermost: middleware further out sees copies of the scope, which lack the route.
        *([Middleware(NoteRouteMiddleware)] if measure else []),
    ]


def _rate_limit(limit: str, storage: str) -> list[Middleware]:
    if not limit:
        return []
    # Imported only if needed: it loads slowly, and most servers have no limit.
    from app.api.middleware.rate_limit import RateLimitMiddleware

    return [Middleware(RateLimitMiddleware, limit, storage)]


def _replicas(replicas: "Replicas | None") -> list[Middleware]:
    if replicas is None:
        return []
    # Imported only if needed: it loads the driver of PostgreSQL.
    from app.api.middleware.replicas import ReplicasMiddleware

    return [Middleware(ReplicasMiddleware, replicas)]
