"""One balance on the command line, beside the same request by httpx alone."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from tests.benchmarks.chapter import Chapter, at_most, in_turn, ratio, spread
from tests.benchmarks.contestants import OURS, python_path
from tests.desktop.session import DesktopSession
from tests.desktop.tray_program import FROM_ENVIRONMENT, KEY, balance_of
from tray_app.adapters.novita_client import BALANCE_PATH
from tray_app.simulator import Simulator

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.benchmarks.chapter import Plan

_GOAL: Final = 1.3
_ROUNDS_EACH: Final = 3
_HTTPX: Final = "httpx alone"
_PYTHON: Final = "python -c pass"
_ASK: Final = """
import os, sys, httpx
headers = {"Authorization": "Bearer " + os.environ["NOVITA_API_KEY"], "User-Agent": "benchmark"}
print(httpx.get(sys.argv[1], headers=headers).json()["availableBalance"])
"""


@dataclass(frozen=True, slots=True)
class Run:
    """Milliseconds on the wall, and of the processor."""

    wall: float
    cpu: float


def measure(plan: Plan) -> Chapter:
    """Run all in turn."""
    with DesktopSession() as desktop, Simulator({KEY: balance_of(12_34)}) as simulator:
        commands = {
            _HTTPX: (sys.executable, "-c", _ASK, simulator.url + BALANCE_PATH),
            OURS: (sys.executable, "-m", "tray_app", "balance", "--api-url", simulator.url),
            _PYTHON: (sys.executable, "-c", "pass"),
        }
        environ = {**desktop.environ, **FROM_ENVIRONMENT, **python_path()}
        runs = in_turn(
            {name: partial(_run, command, environ) for name, command in commands.items()},
            plan.rounds * _ROUNDS_EACH,
        )
    wall = {name: [run.wall for run in each] for name, each in runs.items()}
    cpu = {name: [run.cpu for run in each] for name, each in runs.items()}
    return Chapter(
        "Command line",
        ("", "ms", f"× {_HTTPX}", "CPU, ms", f"× {_HTTPX}"),
        tuple(
            (
                "`novita-tray balance`" if name == OURS else f"`{name}`",
                *(spread(wall[name]), f"{ratio(wall[name], wall[_HTTPX]):.2f}"),
                *(spread(cpu[name]), f"{ratio(cpu[name], cpu[_HTTPX]):.2f}"),
            )
            for name in runs
        ),
        (at_most("a balance", _GOAL, ratio(wall[OURS], wall[_HTTPX]), f"× {_HTTPX}"),),
        ("From a server on loopback, without TLS, key from the environment.",),
    )


def _run(command: Sequence[str], environ: Mapping[str, str]) -> Run:
    began = time.perf_counter()
    process = subprocess.Popen(command, env=environ, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    assert process.returncode == 0, command
    return Run(wall * 1000, (used.ru_utime + used.ru_stime) * 1000)
