"""Tell the callers of requests apart, by key or by address."""

from ipaddress import IPv6Address, ip_address, ip_network

from starlette.types import Scope

from app.api.http.request_state import request_state


def caller_name(scope: Scope) -> str:
    """Return the name of a request's caller: its key, or its address for a request without one."""
    caller = request_state(scope).caller
    if caller is not None:
        return f"key/{caller.name}"
    return f"address/{address_group(scope['client'][0] if scope.get('client') else 'unknown')}"


def address_group(host: str) -> str:
    """Return the address that limits count; a /64 network of IPv6 is one, like one household."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or ip_network((address, 64), strict=False))
    return str(address)
