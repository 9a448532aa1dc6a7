"""Who asks: the address that a request came from, and what is kept of it."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

KEPT_BITS = {4: 24, 6: 48}  # of an address in a log: a network, no household

type Address = IPv4Address | IPv6Address


def address(request: HttpRequest) -> Address | None:
    """The address of who asks. Behind PROXIES of our own, each of which adds whom it was asked by to
    X-Forwarded-For, it is the one that the outermost of them has added; None where there is none that can be read.
    """
    asked_by = [request.META.get("REMOTE_ADDR", "")]
    told = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",")]
    way = [*told, *asked_by]
    return _read(way[max(-len(way), -1 - settings.PROXIES)])


def network(request: HttpRequest) -> str:
    """The network of who asks, as it may stand in a log: ``203.0.113.0/24``; "-" where it is not known."""
    asks = address(request)
    return str(ip_network(f"{asks}/{KEPT_BITS[asks.version]}", strict=False)) if asks else "-"


def _read(text: str) -> Address | None:
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
