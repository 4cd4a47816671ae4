"""What is left after a part of the budget, or all of it, is gone."""

from __future__ import annotations

import socket

import pytest

from tests.adapters.asking import KEY, SECRET, opened
from tests.adapters.endless import BUDGET, unreachable_port
from tests.core.samples import usd
from tray_app.core.problem import ProblemError
from tray_app.simulator import Simulator, accounts
from tray_app.simulator.accounts import Hang


def test_after_a_timeout_the_client_asks_again(simulator: Simulator) -> None:
    simulator.accounts[SECRET] = accounts.InTurn((Hang(), accounts.SAMPLE_BALANCE))
    with opened(simulator.url, BUDGET) as client:
        with pytest.raises(ProblemError, match="TimedOut"):
            client.fetch_balance(KEY)
        assert client.fetch_balance(KEY).available == usd("100")


def test_an_address_that_swallows_everything_leaves_time_for_the_one_behind_it(
    simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    with unreachable_port() as port:
        ports = {"127.0.0.2": port, "127.0.0.1": simulator.port}

        def connect(address: tuple[str, int], timeout: float, **_: object) -> socket.socket:
            connection = socket.socket()
            connection.settimeout(timeout)
            try:
                connection.connect(("127.0.0.1", ports[address[0]]))
            except OSError:
                connection.close()
                raise
            return connection

        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, 1)) for host in ports]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
        monkeypatch.setattr(socket, "create_connection", connect)
        with opened("http://localhost:1", budget=1) as client:
            assert client.fetch_balance(KEY).available == usd("100")
