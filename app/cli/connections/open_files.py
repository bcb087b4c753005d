"""The limit of open files, which is the limit of connections in the end."""

import resource

import structlog

_log = structlog.get_logger("timeline.connections")
# The fewest connections to accept, however low the limit of open files.
_FEWEST = 10


def allow_connections(wanted: int, reserved: int) -> int:
    """Raise the process's limit of open files if need be, and return how many connections fit.

    `reserved` files are for everything else: databases, exports, temporary files. Without a file for
    them the server could accept a connection, and answer nothing on it.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = wanted + reserved
    if soft == resource.RLIM_INFINITY or soft >= needed:
        return wanted
    limit = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))
    allowed = min(wanted, max(_FEWEST, limit - reserved))
    if allowed < wanted:
        _log.warning(
            "the limit of open files allows fewer connections than TIMELINE_CONNECTIONS",
            open_files=limit,
            connections=allowed,
        )
    return allowed
