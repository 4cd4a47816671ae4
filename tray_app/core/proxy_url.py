"""Which text is the address of a proxy."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

_SCHEMES: Final = frozenset({"http", "https", "socks", "socks5", "socks5h"})
_NO_CONTROL: Final = re.compile(r"[^\x00-\x20\x7f-\xa0]+")


def is_proxy_url(text: str) -> bool:
    """Return whether it is a URL of a proxy; whether one can be reached there is not looked at."""
    try:
        parts = urlsplit(text)
        return (
            _NO_CONTROL.fullmatch(text) is not None
            and parts.scheme in _SCHEMES
            and bool(parts.hostname)
            and parts.port != 0
            and parts.path in {"", "/"}
            and not parts.query
            and not parts.fragment
        )
    except ValueError:
        return False
