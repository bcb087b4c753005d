"""The addresses of a host to which a message may go: none of a private network, unless allowed."""

import asyncio
import socket
from collections.abc import Iterator, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final

_Address = IPv4Address | IPv6Address
# A gateway turns these addresses into the IPv4 addresses in their last four bytes (RFC 6052, RFC 8215).
_NAT64: Final = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))


class RefusedNetworkError(Exception):
    """The host has an address to which nothing is sent. The text is a sentence."""


async def find_addresses(host: str, port: int, *, allow_private: bool) -> Sequence[str]:
    """Return the addresses of the host, in the order in which to try them.

    Raises RefusedNetworkError if one of them is in no public network, and OSError if there are none.
    A caller connects to an address from here, because the name may have another one a moment later.
    """
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError:
        raise OSError("it cannot be the name of a host") from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        if not allow_private and not is_public(address):
            raise RefusedNetworkError(
                f"{host} has the address {address}, which is in no public network: "
                "allow_private = true allows it"
            )
    return addresses


def is_public(address: str) -> bool:
    """Whether the address and any IPv4 address in it belong to a public network.

    Loopback, link-local (where clouds serve their metadata), private, shared, reserved and multicast
    addresses do not.
    """
    return all(map(_is_public, _with_embedded(ip_address(address))))


def _with_embedded(address: _Address) -> Iterator[_Address]:
    """Yield the address that counts, and the IPv4 addresses that it leads to."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            yield address.ipv4_mapped
            return
        if address.sixtofour is not None:
            yield address.sixtofour
        if address.teredo is not None:
            yield from address.teredo
        if any(address in network for network in _NAT64):
            yield IPv4Address(int(address) & 0xFFFFFFFF)
    yield address


def _is_public(address: _Address) -> bool:
    special = address.is_multicast or address.is_reserved or address.is_unspecified
    if isinstance(address, IPv6Address):
        special = special and not any(address in network for network in _NAT64)
        special = special or address.is_site_local or address.scope_id is not None
    return address.is_global and not special
