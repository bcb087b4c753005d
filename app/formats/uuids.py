"""Identifiers that outlive hosts: the same event or feed has the same one on every server."""

from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

# Not an address: a name to derive from, and never to be changed.
_NAMESPACE: Final = uuid5(NAMESPACE_URL, "urn:x-russia-dprk-timeline")


def event_uuid(event_id: str) -> UUID:
    """The event's UUID (RFC 9562, version 5), made from its id alone."""
    return uuid5(_NAMESPACE, f"events/{event_id}")


def feed_uuid(query: str) -> UUID:
    """The UUID of a feed, made from its path, filters and order."""
    return uuid5(_NAMESPACE, f"feeds/{query}")
