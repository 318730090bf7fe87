"""From where in the network somebody asks: what stands in the log, and nowhere else."""

import ipaddress


def of(client: str | None, forwarded: str | None) -> str:
    """Give the address of who asks, nothing at this machine itself.

    Only a proxy on this machine is believed what it says: it names last whom it spoke with.
    """
    near = _address(client)
    if near is None or near.is_loopback:
        near = _address((forwarded or "").rpartition(",")[2].strip())
    return "" if near is None or near.is_loopback else str(near)


def _address(said: str | None) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(said or "")
    except ValueError:
        return None
