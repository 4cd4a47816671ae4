"""Each case of the keyring, with the real key store on a real session bus."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from tests.faults.case import Stage
from tests.faults.keyrings import SECTION, KeyringCase
from tray_app.adapters.key_store import KeyStore
from tray_app.core.problem import ProblemError

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="the Secret Service is Linux's"),
    pytest.mark.skipif(
        shutil.which("dbus-daemon") is None, reason="needs dbus-daemon (Debian package dbus-daemon)"
    ),
]


@pytest.mark.parametrize("case", SECTION.cases, ids=lambda case: case.name)
def test_each_case_of_the_keyring_ends_as_the_table_says(
    case: KeyringCase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with case.setting(Stage(tmp_path, monkeypatch)) as scene:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", scene.bus_address)
        with pytest.raises(ProblemError) as caught:
            KeyStore().read()
        assert caught.value.problem == case.expected
        assert (0 if scene.service is None else scene.service.prompts) == case.prompts
