"""The cases of names and routes once more, with the system's resolver in a network of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.faults.own_network import BUDGET, SLOWNESS
from tests.faults.test_fault_table import LATE
from tray_app.core.problem import ConnectionFault, Offline, TimedOut

if TYPE_CHECKING:
    from pathlib import Path

OWN_NETWORK = ("unshare", "--map-root-user", "--net", "--mount")


def has_networks_of_its_own() -> bool:
    if sys.platform != "linux" or shutil.which(OWN_NETWORK[0]) is None:
        return False
    return subprocess.run([*OWN_NETWORK, "true"], check=False, capture_output=True).returncode == 0


@pytest.mark.skipif(not has_networks_of_its_own(), reason="needs Linux and unshare --net")
def test_real_name_service_and_routes_fail_as_the_table_says(tmp_path: Path) -> None:
    command = [*OWN_NETWORK, sys.executable, "-m", "tests.faults.own_network", str(tmp_path)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert {line["situation"]: line["outcome"] for line in lines} == {
        "unknown name": repr(Offline(ConnectionFault.NAME_NOT_FOUND)),
        "silent name server": repr(TimedOut()),
        # Resolved in the end: nothing listens there.
        "slow name server": repr(Offline(ConnectionFault.REFUSED)),
        "no name server": repr(Offline(ConnectionFault.NAME_NOT_FOUND)),
        "no route": repr(Offline(ConnectionFault.UNREACHABLE)),
    }
    seconds = {line["situation"]: line["seconds"] for line in lines}
    assert BUDGET * 0.9 <= seconds["silent name server"] < BUDGET + LATE
    assert seconds["slow name server"] >= SLOWNESS
