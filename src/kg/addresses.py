"""Web addresses that a user names: whether they stay on this machine."""

from __future__ import annotations

import ipaddress


def is_local(host: str) -> bool:
    """Tell whether a host is this machine.

    >>> is_local("127.0.0.1"), is_local("::1"), is_local("127.0.0.1.example.org")
    (True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
