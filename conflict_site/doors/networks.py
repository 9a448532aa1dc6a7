"""From where somebody tries to come in."""

from ipaddress import ip_network

from django.http import HttpRequest

from conflict_site.base import clients

UNKNOWN = "unknown"
OF_ONE_HOLDER = 64  # bits of an IPv6 address that one holder has for many


def network(request: HttpRequest) -> str:
    """The address of whoever asks, of IPv6 its network; "unknown" where our own proxies do not tell."""
    asks = clients.address(request)
    if asks is None:
        return UNKNOWN
    return str(asks) if asks.version == 4 else str(ip_network(f"{asks}/{OF_ONE_HOLDER}", strict=False))


def is_shared(found: str) -> bool:
    """Whether everybody may come from there: a proxy that tells nothing, or this machine."""
    return found == UNKNOWN or ip_network(found).is_loopback
