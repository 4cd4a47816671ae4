"""Where the API is asked: the vendor's host, or another that the user names."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

# RFC 1123: what name resolution takes. An internationalised name is given in its ASCII form.
_LABEL: Final = r"[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?"
_HOST: Final = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?", re.ASCII)
_LONGEST_HOST: Final = 253
# A name whose last label is a number would be an address to some readers (WHATWG URL, 3.5).
_ENDS_IN_NUMBER: Final = re.compile(r"(?:.*\.)?[0-9]+\.?", re.ASCII)


class InvalidApiUrlError(ValueError):
    """The text is not an address that a key may be sent to; the message says why."""


def parse_api_url(text: str) -> str:
    """Return the address in normal form, ``scheme://host[:port]``.

    Takes https, or http where the host is loopback (``localhost``, 127.0.0.0/8, ``[::1]``), so
    that no key crosses a network in the clear. Raises InvalidApiUrlError for anything else, and
    for an address with a path, a query or credentials.
    """
    text = text.strip()
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise InvalidApiUrlError("This is not an address.") from None
    host = parts.hostname or ""
    if not host or any(character.isspace() for character in text):
        raise InvalidApiUrlError("This is not an address: expected https://HOST.")
    # urlsplit takes the brackets away, and what stood in them may have been anything.
    is_address = _is_ip_address(host) and ("[" in parts.netloc) == (":" in host) and "%" not in host
    if not is_address and not _is_host_name(host, parts.netloc):
        raise InvalidApiUrlError("This is not the name of a host.")
    if parts.username is not None or parts.password is not None:
        raise InvalidApiUrlError("The address must not hold credentials.")
    if parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise InvalidApiUrlError("The address must be a host without a path.")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(host)):
        raise InvalidApiUrlError("The address must be https, or http on this computer only.")
    shown_host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown_host}" + (f":{port}" if port is not None else "")


def is_loopback(host: str) -> bool:
    """Return whether the host, without brackets, can only be this computer."""
    if host == "localhost":
        return True
    return _is_ip_address(host) and ip_address(host).is_loopback


def _is_host_name(host: str, netloc: str) -> bool:
    return (
        "[" not in netloc
        and len(host) <= _LONGEST_HOST
        and _HOST.fullmatch(host) is not None
        and _ENDS_IN_NUMBER.fullmatch(host) is None
    )


def _is_ip_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
