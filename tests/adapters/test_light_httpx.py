"""What httpx finds in place of what it hardly ever uses: nothing of it is loaded, and all works."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from typing import Final

import pytest

_LATE: Final = {
    "email.message",
    "http.cookiejar",
    "idna",
    "mimetypes",
    "socksio",
    "urllib.request",
}
_PROGRAM: Final = """
import json, sys
from tray_app.adapters.light_httpx import httpcore, httpx, socksio
told = {"loaded": sorted(sys.modules)}
told["host"] = httpx.URL("http://müller.example").raw_host.decode()
told["text"] = httpx.Response(
    200, headers={"content-type": "text/plain; charset=latin-1"}, content=b"\\xe9"
).text
told["login"] = issubclass(socksio.SOCKSError, Exception)
told["proxies"] = isinstance(httpx._utils.getproxies(), dict)
told["upload"] = httpx.Request("POST", "http://x", files={"f": ("f.png", b"")}).read().decode()
import email.message, http.cookiejar, idna, mimetypes, urllib.request
told["real"] = [
    hasattr(email.message, "EmailMessage"),
    hasattr(http.cookiejar, "DefaultCookiePolicy"),
    hasattr(urllib.request, "urlopen"),
    urllib.request is sys.modules["urllib.request"],
]
print(json.dumps(told))
"""
_FAILING: Final = """
import socket, sys
from tray_app.adapters.novita_client import NovitaClient
from tray_app.core.problem import ProblemError
with socket.socket() as deaf:
    deaf.bind(("127.0.0.1", 0))
    client = NovitaClient(f"http://127.0.0.1:{deaf.getsockname()[1]}", "test/1")
    try:
        client.fetch_balance(None)
    except ProblemError as error:
        print(error.problem, "socksio" in sys.modules)
"""


@cache
def told() -> dict[str, object]:
    """Return what a fresh interpreter says, in which nobody else imported anything."""
    found: dict[str, object] = json.loads(said_by(_PROGRAM))
    return found


def said_by(program: str) -> str:
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=False
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_nothing_of_it_is_loaded() -> None:
    loaded = told()["loaded"]
    assert isinstance(loaded, list)
    assert _LATE & set(loaded) == set()


@pytest.mark.parametrize(
    ("what", "expected"),
    [("host", "xn--mller-kva.example"), ("text", "é"), ("login", True), ("proxies", True)],
)
def test_what_is_asked_for_is_there(what: str, expected: object) -> None:
    assert told()[what] == expected


def test_an_upload_has_its_type_guessed() -> None:
    assert "Content-Type: image/png" in str(told()["upload"])


def test_whoever_imports_it_gets_the_real_one() -> None:
    assert told()["real"] == [True, True, True, True]


def test_a_request_that_fails_without_a_proxy_loads_nothing_of_socks() -> None:
    """It may have failed because no file can be opened any more."""
    assert said_by(_FAILING).endswith("'refused'>) False\n")
