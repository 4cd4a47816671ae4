"""What stands between a command and its answer: a balance asked with the environment's key."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tray_app.simulator import Simulator
from tray_app.simulator.accounts import SAMPLE_BALANCE

if TYPE_CHECKING:
    import pytest

KEY: Final = "sk_budget"
OWN_MODULES: Final = 68
ROOT: Final = Path(__file__).parents[2]
NOT_NEEDED: Final = {
    "PySide6",
    "getpass",
    "jeepney",
    "keyring",
    "secretstorage",
    "sqlite3",
    "tomlkit",
    "tomllib",
    "truststore",
}
"""For a key of the environment, without TLS, settings and a history."""


@cache
def _imported(home: Path) -> frozenset[str]:
    with Simulator({KEY: SAMPLE_BALANCE}) as simulator:
        ended = subprocess.run(
            [
                *(sys.executable, "-X", "importtime", "-m", "tray_app"),
                *("balance", "--api-url", simulator.url),
            ],
            capture_output=True,
            encoding="utf-8",
            cwd=ROOT,
            env={**os.environ, "NOVITA_TRAY_HOME": str(home), "NOVITA_API_KEY": KEY},
            timeout=60,
            check=False,
        )
    assert ended.returncode == 0, ended.stderr
    lines = ended.stderr.splitlines()
    return frozenset(line.rpartition("|")[2].strip() for line in lines if "import time:" in line)


def test_a_balance_loads_only_what_it_needs(tmp_path_factory: pytest.TempPathFactory) -> None:
    modules = _imported(tmp_path_factory.getbasetemp())
    assert {name.partition(".")[0] for name in modules} & NOT_NEEDED == set()
    assert "httpx" in modules


def test_no_more_modules_of_our_own_are_loaded_for_a_balance(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    own = {name for name in _imported(tmp_path_factory.getbasetemp()) if "tray_app." in name}
    assert len(own) <= OWN_MODULES, sorted(own)
