"""The doctor where everything hangs at once: each is named, and it still ends."""

from __future__ import annotations

import json
import shutil
import sys
import time

import pytest

if sys.platform != "linux":
    pytest.skip("the Secret Service is Linux's", allow_module_level=True)
if shutil.which("dbus-daemon") is None:
    pytest.skip("needs dbus-daemon (Debian package dbus-daemon)", allow_module_level=True)

from tests.adapters.hostile_secret_service import HostileSecretService, Silence
from tests.adapters.raw_server import RawServer, wait_for_end
from tests.adapters.session_bus import session_bus
from tests.cli.test_subprocess import start

KEY = "sk_marked_secret_of_the_doctor"
WORST_CASE = 25.0
"""Seconds."""


@pytest.mark.parametrize("call", ["ReadAlias", "OpenSession", "GetSecret"])
@pytest.mark.slow
def test_a_keyring_and_a_server_that_say_nothing_are_named_in_time(call: str) -> None:
    with session_bus() as address, HostileSecretService(address) as service:
        service.add(KEY.encode(), {"service": "novita-tray", "username": "default"})
        service.troubles[call] = Silence()
        with RawServer(wait_for_end) as server:
            begin = time.monotonic()
            ended = start(
                "doctor", "--json", "--api-url", server.url, DBUS_SESSION_BUS_ADDRESS=address
            )
            seconds = time.monotonic() - begin
    findings = {
        finding["what"]: finding["verdict"] for finding in json.loads(ended.stdout)["findings"]
    }
    assert ended.returncode == 1
    assert "failed" in {findings["keyring"], findings["key"]}
    assert findings["balance"] == "failed"
    assert findings["connection"] == "ok"
    assert KEY.encode() not in ended.stdout + ended.stderr
    assert seconds < WORST_CASE
