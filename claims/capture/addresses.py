"""Which addresses a fetch may connect to: public ones, so that no link reaches into a private network."""

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address


def is_public(address: str) -> bool:
    """Whether an address belongs to the public internet, and so does an IPv4 address that it carries within."""
    ip = ip_address(address)
    return all(one.is_global and not one.is_multicast for one in [ip, *_carried(ip)] if one is not None)


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, in the system's order of preference. Raises OSError where it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[0]) for *_, place in found))


def _carried(ip: IPv4Address | IPv6Address) -> list[IPv4Address | None]:
    if isinstance(ip, IPv4Address):
        return []
    nat64 = IPv4Address(int(ip) & 0xFFFFFFFF) if ip in NAT64 else None
    return [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ()), nat64]
