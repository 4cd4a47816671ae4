"""A local Novita over real HTTP, for the demo, the tests and the benchmarks.

`Simulator` serves; `accounts` names what it can answer; `ledger` holds balances and steady
spending; `scripts` holds the demo's accounts and their keys.
"""

from __future__ import annotations

from tray_app.simulator.scripts import DEMO_KEY
from tray_app.simulator.server import Simulator

__all__ = ["DEMO_KEY", "Simulator"]
