"""The forms of NO_PROXY."""

from __future__ import annotations

import pytest

from tray_app.adapters.no_proxy import is_exempt


@pytest.mark.parametrize(
    ("no_proxy", "host", "exempt"),
    [
        ("", "api.novita.ai", False),
        (" , ,", "api.novita.ai", False),
        ("*", "api.novita.ai", True),
        ("example.com, *", "api.novita.ai", True),
        ("api.novita.ai", "api.novita.ai", True),
        ("API.Novita.AI", "api.novita.ai", True),
        ("api.novita.ai", "API.NOVITA.AI.", True),
        ("novita.ai.", "api.novita.ai", True),
        ("novita.ai", "api.novita.ai", True),
        (".novita.ai", "api.novita.ai", True),
        ("*.novita.ai", "api.novita.ai", True),
        (".novita.ai", "novita.ai", True),
        ("vita.ai", "api.novita.ai", False),
        ("*vita.ai", "api.novita.ai", False),
        ("other.ai", "api.novita.ai", False),
        ("api.novita.ai.example", "api.novita.ai", False),
        ("example.com,novita.ai", "api.novita.ai", True),
        ("example.com novita.ai", "api.novita.ai", True),
        ("novita.ai:443", "api.novita.ai", True),
        ("novita.ai:8443", "api.novita.ai", False),
        ("*:443", "api.novita.ai", False),
        (".", "api.novita.ai", False),
        (":443", "api.novita.ai", False),
        ("localhost", "localhost", True),
        ("127.0.0.1", "127.0.0.1", True),
        ("127.0.0.1", "127.0.0.2", False),
        ("127.0.0.0/8", "127.4.5.6", True),
        ("10.0.0.1/8", "10.200.0.1", True),
        ("10.0.0.0/8", "11.0.0.1", False),
        ("10.0.0.0/8", "10.example", False),
        ("10.0.0.0/99", "10.0.0.1", False),
        ("0.1", "127.0.0.1", False),
        ("127.0.0.1:443", "127.0.0.1", True),
        ("127.0.0.1:1", "127.0.0.1", False),
        ("::1", "::1", True),
        ("[::1]", "::1", True),
        ("[::1]:443", "::1", True),
        ("[::1]:1", "::1", False),
        ("0:0:0:0:0:0:0:1", "::1", True),
        ("fd00::/8", "fd12::1", True),
        ("fd00::/8", "fe80::1", False),
        ("10.0.0.0/8", "::1", False),
        ("one.example", "::1", False),
    ],
)
def test_no_proxy_names_the_host(no_proxy: str, host: str, exempt: bool) -> None:  # noqa: FBT001 — a table
    assert is_exempt(host, 443, no_proxy) is exempt
