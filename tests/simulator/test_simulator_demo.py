from __future__ import annotations

from tests.simulator.asking import opened
from tests.simulator.clock import NOW, Clock
from tray_app.simulator import DEMO_KEY, Simulator
from tray_app.simulator.ledger import HOUR, SteadySpending
from tray_app.simulator.routes import BALANCE_PATH
from tray_app.simulator.scripts import demo_scripts


def test_the_demo_account_opens_at_23_dollars_41_and_falls(clock: Clock) -> None:
    with Simulator(clock=clock) as simulator, opened(simulator.url, DEMO_KEY) as client:
        opening = client.get(BALANCE_PATH).json()
        assert opening["availableBalance"] == "234100"
        assert opening["cashBalance"] == "204100"
        assert opening["creditLimit"] == "30000"
        clock.now += HOUR
        fell = 234_100 - int(client.get(BALANCE_PATH).json()["availableBalance"])
        assert 200 < fell < 3_000


def test_the_demo_account_stays_solvent_from_its_past_to_two_months_on() -> None:
    account = Simulator(clock=lambda: NOW).accounts[DEMO_KEY]
    assert isinstance(account, SteadySpending)
    lowest = min(account.cash_at(NOW + hours * HOUR) for hours in range(-35 * 24, 60 * 24))
    assert lowest > 0


def test_the_demo_top_up_arrives_after_a_minute(clock: Clock) -> None:
    with Simulator(clock=clock) as simulator, opened(simulator.url, "sk_demo_topup") as client:
        before = int(client.get(BALANCE_PATH).json()["availableBalance"])
        clock.now += 60
        after = int(client.get(BALANCE_PATH).json()["availableBalance"])
    assert before == 21_000
    assert 249_000 < after - before < 250_000


def test_every_demo_key_is_known_once_and_has_its_sentence() -> None:
    scripts = demo_scripts(NOW)
    keys = [script.key for script in scripts]
    assert len(set(keys)) == len(keys)
    assert all(key.startswith("sk_demo_") for key in keys)
    assert all(script.summary for script in scripts)
    assert set(Simulator(clock=lambda: NOW).accounts) == set(keys)
