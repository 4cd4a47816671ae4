"""Fixtures of the simulator's tests: one that runs by a clock that stands, and ways to ask it."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest

from tests.simulator.asking import KEY, opened
from tests.simulator.clock import Clock
from tray_app.simulator import Simulator, accounts

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def simulator(clock: Clock) -> Iterator[Simulator]:
    """A simulator that knows the tests' key alone; it has the balance of the reference."""
    with Simulator({KEY: accounts.SAMPLE_BALANCE}, clock=clock) as simulator:
        yield simulator


@pytest.fixture
def client(simulator: Simulator) -> Iterator[httpx.Client]:
    with opened(simulator.url) as client:
        yield client


@pytest.fixture
def connection(simulator: Simulator) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", simulator.port), timeout=5) as connection:
        yield connection
