"""The network lost and back, on real interfaces: the program in a network namespace of its own."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import PySide6
import pytest

from tests.adapters.private_ca import PrivateCa
from tests.desktop.own_network import HOST, NAME, OwnNetwork
from tests.desktop.status_notifier import wait_for_item
from tests.desktop.tray_program import FROM_ENVIRONMENT, KEY, balance_of, wait_for_amount
from tray_app.simulator import Simulator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.desktop.program import Program
    from tests.desktop.session import DesktopSession
    from tests.desktop.status_notifier import StatusNotifierItem

    Start = Callable[[tuple[str, ...]], tuple[Program, StatusNotifierItem]]

FRESH_WITHIN = 15.0


@pytest.fixture
def network() -> Iterator[OwnNetwork]:
    if os.geteuid() != 0:
        pytest.skip("a network of its own needs root")
    with OwnNetwork() as network:
        yield network


@pytest.fixture
def company(tmp_path: Path) -> PrivateCa:
    return PrivateCa(tmp_path)


@pytest.fixture
def server(network: OwnNetwork, company: PrivateCa) -> Iterator[Simulator]:
    assert network is not None
    with Simulator({KEY: balance_of(12_34)}, host=HOST, tls=company.serve(NAME)) as running:
        yield running


@pytest.fixture
def start(bare_desktop: DesktopSession, company: PrivateCa, server: Simulator) -> Start:
    """Start the program behind a command, and wait for its first figure."""
    bare_desktop.start_panel()

    def start_behind(command: tuple[str, ...]) -> tuple[Program, StatusNotifierItem]:
        program = bare_desktop.start(
            [
                *command,
                sys.executable,
                "-m",
                "tray_app",
                "--verbose",
                "--api-url",
                f"https://{NAME}:{server.port}",
            ],
            {**FROM_ENVIRONMENT, "SSL_CERT_FILE": str(company.certificate_file)},
        )
        item = wait_for_item(bare_desktop.bus, program.pid, 30)
        wait_for_amount(item, "$12.34 available")
        return program, item

    return start_behind


def fail(item: StatusNotifierItem, server: Simulator, words: str) -> None:
    """Let a refresh fail, and see that the figure stays; another awaits the network's return."""
    item.menu.click("Refresh now")
    item.menu.wait_for_label(lambda label: words in label, 45, words)
    assert item.menu.labels()[0].startswith("$12.34 available")
    server.accounts[KEY] = balance_of(4_37)


def assert_fresh(item: StatusNotifierItem, returned_at: float, what: str) -> None:
    item.menu.wait_for_label(lambda label: label.startswith("$4.37 available"), 40, "$4.37")
    took = time.monotonic() - returned_at
    sys.stdout.write(f"{what}: fresh after {took:.1f} s\n")
    assert took <= FRESH_WITHIN


def test_a_link_that_returns_and_gets_its_route_later_brings_a_fresh_figure(
    network: OwnNetwork, server: Simulator, start: Start
) -> None:
    _, item = start(network.command)
    network.set_link(up=False)
    fail(item, server, "Offline: ")
    network.set_name(known=False)
    network.set_link(up=True)
    # The first try meets a network on which no name can be found yet.
    item.menu.wait_for_label(lambda label: "name was not found" in label, 10, "no name")
    network.add_route()
    network.set_name(known=True)
    assert_fresh(item, time.monotonic(), "link and route")


def test_a_cable_that_is_plugged_in_again_brings_a_fresh_figure_without_any_plugin(
    network: OwnNetwork, server: Simulator, start: Start
) -> None:
    program, item = start(network.command_without_plugins(Path(PySide6.__file__).parents[1]))
    network.set_cable(plugged=False)
    fail(item, server, "Offline: ")
    assert "Qt has no plugin" in program.stderr
    network.set_cable(plugged=True)
    assert_fresh(item, time.monotonic(), "cable")
