"""What a reading costs: CPU time, connections, requests, and bytes on the wire."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from tests.adapters.certificates import write_certificate
from tests.benchmarks.chapter import Chapter, Goal, at_most, spread
from tests.benchmarks.contestants import ours
from tests.benchmarks.timed_readings import LONG, NEW, cpu_of_readings
from tests.benchmarks.wire_count import WireCount
from tests.desktop.session import DesktopSession
from tests.desktop.status_notifier import wait_for_item
from tests.desktop.tray_program import FROM_ENVIRONMENT, KEY, balance_of, wait_for_amount
from tray_app.adapters.novita_client import NovitaClient
from tray_app.core.api_key import ApiKey
from tray_app.simulator import Simulator
from tray_app.simulator.accounts import InTurn

if TYPE_CHECKING:
    import ssl
    from collections.abc import Mapping

    from tests.benchmarks.chapter import Plan

_GOAL_MS: Final = 5.0
_COUNTED: Final = ("connections", "requests", "sent", "received")
_ASKED: Final = 200
_REFRESHES: Final = 3
_READINGS: Final = 5
_FEW_READINGS: Final = 3


@dataclass(frozen=True, slots=True)
class Wire:
    """What passed: counts, and bytes in both directions."""

    connections: int
    requests: int
    sent: int
    received: int

    def since(self, before: Wire) -> Wire:
        """Return what passed after another moment."""
        return Wire(*(getattr(self, name) - getattr(before, name) for name in _COUNTED))


def measure(plan: Plan) -> Chapter:
    """Measure the client alone, the whole program, and what passes on the wire."""
    client = _client_alone()
    readings = cpu_of_readings(_FEW_READINGS if plan.is_short else _READINGS)
    with tempfile.TemporaryDirectory() as folder:
        certificate, tls = write_certificate(Path(folder))
        wires = {
            "without TLS": _on_the_wire(None, {}),
            "with TLS": _on_the_wire(tls, {"SSL_CERT_FILE": str(certificate)}),
        }
    plain = wires["without TLS"]
    return Chapter(
        "A reading",
        ("", "CPU, ms", "connections", "requests", "bytes sent", "bytes received"),
        (
            ("the client alone, over and over", spread(client), "", "", "", ""),
            *(
                (f"the program, {which}", spread(taken), "", "", "", "")
                for which, taken in readings.items()
            ),
            *(
                (
                    f"on the wire {how}, the first",
                    "",
                    *map(str, (wire[0].connections, wire[0].requests)),
                    *map(str, (wire[0].sent, wire[0].received)),
                )
                for how, wire in wires.items()
            ),
            *(
                (
                    f"on the wire {how}, each after",
                    "",
                    *(spread([getattr(one, name) for one in wire[1:]]) for name in _COUNTED),
                )
                for how, wire in wires.items()
            ),
        ),
        (
            *(
                at_most(f"CPU of a reading, {which}", _GOAL_MS, median(readings[which]), "ms")
                for which in (NEW, LONG)
            ),
            Goal(
                "connections and requests of a reading",
                "1 and 1",
                f"{max(one.connections for one in plain)} and "
                f"{max(one.requests for one in plain)} at most",
                all(one.connections <= 1 and one.requests == 1 for one in plain),
            ),
        ),
        (
            (
                "The program's CPU time is that of the whole process, from shortly before a "
                "reading by its own clock, once a minute without TLS, until four seconds after it: "
                "request, history, outlook, icon, tooltip, menu and what the panel asks then. Each "
                "time the balance is another, 37 cents less. Now and then a look at the clock "
                "falls into it."
            ),
            (
                "Bytes are those of TCP's payload, TLS included. Refreshes on the wire are ten "
                "seconds apart, as the menu allows; each opens a connection of its own."
            ),
        ),
    )


def _client_alone() -> list[float]:
    """Return the CPU milliseconds of the thread that asks, for each request."""
    key = ApiKey(KEY)
    taken = []
    with Simulator({KEY: balance_of(12_34)}) as simulator:
        client = NovitaClient(simulator.url, "benchmark")
        client.fetch_balance(key)
        for _ in range(_ASKED):
            began = time.thread_time()
            client.fetch_balance(key)
            taken.append((time.thread_time() - began) * 1000)
        client.close()
    return taken


def _on_the_wire(tls: ssl.SSLContext | None, env: Mapping[str, str]) -> list[Wire]:
    """Return what each reading of a running program sent and got."""
    amounts = [1_00 + number for number in range(_REFRESHES + 1)]
    readings: list[Wire] = []
    with (
        DesktopSession() as desktop,
        Simulator({KEY: InTurn(tuple(map(balance_of, amounts)))}, tls=tls) as simulator,
        WireCount(simulator.port) as wire,
    ):
        desktop.start_panel()
        url = simulator.url.replace(str(simulator.port), str(wire.port))
        program = ours(url, {**FROM_ENVIRONMENT, **env}).start(desktop)
        item = wait_for_item(desktop.bus, program.pid)
        seen = Wire(0, 0, 0, 0)
        for amount in amounts:
            if readings:
                item.menu.click("Refresh now")
            wait_for_amount(item, f"${amount / 100:.2f}")
            now = Wire(wire.connections, simulator.request_count, wire.sent, wire.received)
            readings.append(now.since(seen))
            seen = now
    return readings
