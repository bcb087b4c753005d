"""Identifiers that do not depend on the host: every server gives an event or a feed the same one."""

from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

# A name to derive UUIDs from, not an address. Changing it would change every UUID.
_NAMESPACE: Final = uuid5(NAMESPACE_URL, "urn:x-russia-dprk-timeline")


def event_uuid(event_id: str) -> UUID:
    """Return the event's UUID (RFC 9562, version 5), derived from its id alone."""
    return uuid5(_NAMESPACE, f"events/{event_id}")


def feed_uuid(query: str) -> UUID:
    """Return the UUID of a feed, derived from its path, filters and order."""
    return uuid5(_NAMESPACE, f"feeds/{query}")
