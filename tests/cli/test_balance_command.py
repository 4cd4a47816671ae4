from __future__ import annotations

import json
import re
import socket
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from keyring.errors import KeyringLocked, NoKeyringError

from tests.cli.in_process import run
from tray_app.adapters.key_store import SERVICE
from tray_app.simulator import Simulator, accounts
from tray_app.simulator.accounts import Account, Hang
from tray_app.simulator.ledger import FixedBalance
from tray_app.simulator.reply import json_reply

if TYPE_CHECKING:
    from tests.adapters.memory_keyring import MemoryKeyring

KEY = "sk_cli_secret"
READING_FIELDS = [
    "available",
    "cash",
    "credit_limit",
    "pending_charges",
    "outstanding_invoices",
    "currency",
    "taken_at",
    "level",
]


@pytest.fixture
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOVITA_API_KEY", KEY)


def refused_url() -> str:
    with socket.create_server(("127.0.0.1", 0)) as reserved:
        return f"http://127.0.0.1:{reserved.getsockname()[1]}"


@pytest.mark.usefixtures("_key")
def test_json_has_exact_strings(simulator: Simulator) -> None:
    simulator.accounts[KEY] = accounts.SAMPLE_BALANCE
    ended = run("balance", "--json", "--api-url", simulator.url)
    assert ended.code == 0
    assert ended.stderr == ""
    assert list(ended.document) == READING_FIELDS
    assert {**ended.document, "taken_at": ""} == {
        "available": "100.0000",
        "cash": "80.0000",
        "credit_limit": "20.0000",
        "pending_charges": "0.0000",
        "outstanding_invoices": "0.0000",
        "currency": "USD",
        "taken_at": "",
        "level": "healthy",
    }


@pytest.mark.usefixtures("_key")
def test_json_has_null_where_the_reply_had_nothing(simulator: Simulator) -> None:
    simulator.accounts[KEY] = FixedBalance(available=-12_345)
    document = run("balance", "--json", "--api-url", simulator.url).document
    assert document["available"] == "-1.2345"
    assert [document[name] for name in READING_FIELDS[1:5]] == [None] * 4
    assert document["level"] == "empty"


@pytest.mark.usefixtures("_key")
def test_json_keeps_a_fraction_of_the_unit(simulator: Simulator) -> None:
    simulator.accounts[KEY] = json_reply({"availableBalance": "12345.678"})
    document = run("balance", "--json", "--api-url", simulator.url).document
    assert document["available"] == "1.2345678"


@pytest.mark.usefixtures("_key")
def test_json_says_when_the_reading_was_taken_in_utc(simulator: Simulator) -> None:
    simulator.accounts[KEY] = accounts.EMPTY
    taken_at = run("balance", "--json", "--api-url", simulator.url).document["taken_at"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", taken_at)
    age = datetime.now(UTC) - datetime.fromisoformat(taken_at)
    assert timedelta(0) <= age < timedelta(seconds=10)


@pytest.mark.usefixtures("_key")
@pytest.mark.parametrize(
    ("units", "level"),
    [(50_000, "healthy"), (49_999, "low"), (10_000, "low"), (9_999, "critical"), (0, "empty")],
)
def test_json_names_the_level(simulator: Simulator, units: int, level: str) -> None:
    simulator.accounts[KEY] = FixedBalance(available=units)
    assert run("balance", "--json", "--api-url", simulator.url).document["level"] == level


@pytest.mark.usefixtures("_key")
def test_without_json_the_lines_of_the_tray_are_printed(simulator: Simulator) -> None:
    simulator.accounts[KEY] = accounts.NEGATIVE
    ended = run("balance", "--api-url", simulator.url)
    assert (ended.code, ended.stderr) == (0, "")
    headline, *lines = ended.stdout.splitlines()
    assert re.fullmatch(r"-\$1\.2345 available · empty · as of \d\d:\d\d", headline)
    assert lines == [
        "Cash: $0.00",
        "Credit limit: $0.00",
        "Pending charges: $0.00",
        "Owed: $1.2345",
        "Key from NOVITA_API_KEY",
        f"Asking {simulator.url}",
    ]


@pytest.mark.parametrize(
    ("key", "word", "code"),
    [
        ("sk_demo_wrong_key", "wrong_key", 4),
        ("sk_demo_invalid_key", "wrong_key", 4),
        ("sk_unknown_to_the_server", "wrong_key", 4),
        ("schlüssel", "wrong_key", 4),
        ("sk_demo_no_permission", "permission_lacking", 5),
        ("sk_demo_blocked", "blocked", 5),
        ("sk_demo_rate_limited", "rate_limited", 6),
        ("sk_demo_cut", "offline", 7),
        ("sk_demo_server_trouble", "server_trouble", 8),
        ("sk_demo_unavailable", "server_trouble", 8),
        ("sk_demo_gateway_timeout", "server_trouble", 8),
        ("sk_demo_not_enough", "unexpected_reply", 9),
        ("sk_demo_garbage", "unexpected_reply", 9),
        ("sk_demo_not_json", "unexpected_reply", 9),
        ("sk_demo_portal", "unexpected_reply", 9),
        ("sk_demo_huge", "unexpected_reply", 9),
        ("sk_demo_gzip_bomb", "unexpected_reply", 9),
        ("sk_demo_redirect", "unexpected_reply", 9),
    ],
)
def test_each_failure_has_its_word_and_exit_code(
    simulator: Simulator, monkeypatch: pytest.MonkeyPatch, key: str, word: str, code: int
) -> None:
    check_failure(simulator, monkeypatch, key, (word, code))


@pytest.mark.usefixtures("_small_budget")
@pytest.mark.parametrize("key", ["sk_demo_hang", "sk_demo_drip"])
def test_a_server_that_takes_too_long_has_its_word_and_exit_code(
    simulator: Simulator, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    check_failure(simulator, monkeypatch, key, ("timed_out", 7))


def check_failure(
    simulator: Simulator, monkeypatch: pytest.MonkeyPatch, key: str, expected: tuple[str, int]
) -> None:
    word, code = expected
    monkeypatch.setenv("NOVITA_API_KEY", key)
    ended = run("balance", "--json", "--api-url", simulator.url)
    assert ended.code == code
    assert ended.stderr == ""
    assert list(ended.document) == ["problem", "message"]
    assert ended.document["problem"] == word
    assert ended.document["message"].endswith(".")
    assert key not in ended.stdout


@pytest.mark.usefixtures("_key", "_small_budget")
@pytest.mark.parametrize(
    "account", [accounts.FAILED_TO_AUTH, accounts.SERVICE_UNAVAILABLE, Hang()], ids=repr
)
def test_without_json_a_failure_is_one_sentence_on_standard_error(
    simulator: Simulator, account: Account
) -> None:
    simulator.accounts[KEY] = account
    in_words = run("balance", "--api-url", simulator.url)
    as_json = run("balance", "--json", "--api-url", simulator.url)
    assert in_words.stdout == ""
    assert in_words.stderr == as_json.document["message"] + "\n"
    assert in_words.code == as_json.code


@pytest.mark.usefixtures("_key")
def test_nobody_listening_is_offline() -> None:
    ended = run("balance", "--json", "--api-url", refused_url())
    assert (ended.code, ended.document["problem"]) == (7, "offline")


def test_without_a_key_it_says_how_to_store_one() -> None:
    ended = run("balance", "--api-url", refused_url())
    assert ended.code == 3
    assert "novita-tray key set" in ended.stderr


@pytest.mark.parametrize(
    ("failure", "word"),
    [(KeyringLocked("locked"), "keyring_locked"), (NoKeyringError("none"), "keyring_missing")],
)
def test_a_keyring_that_gives_no_answer_is_10(
    keyring: MemoryKeyring, failure: Exception, word: str
) -> None:
    keyring.failure = failure
    ended = run("balance", "--json", "--api-url", refused_url())
    assert (ended.code, ended.document["problem"]) == (10, word)


def test_the_keyrings_key_is_sent_where_no_variable_overrides_it(
    simulator: Simulator, keyring: MemoryKeyring
) -> None:
    keyring.secrets[SERVICE, "default"] = "sk_demo_empty"
    ended = run("balance", "--api-url", simulator.url)
    assert ended.code == 0
    assert ended.stdout.startswith("$0.00 available · empty")
    assert "NOVITA_API_KEY" not in ended.stdout


@pytest.mark.usefixtures("_key")
def test_a_rejected_key_of_the_environment_is_named_as_such(simulator: Simulator) -> None:
    ended = run("balance", "--api-url", simulator.url)
    assert ended.code == 4
    assert "NOVITA_API_KEY" in ended.stderr


@pytest.mark.usefixtures("_key")
@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("ALL_PROXY", "socks5://127.0.0.1:1"),
        ("HTTPS_PROXY", "socks5h://127.0.0.1:1"),
        ("HTTPS_PROXY", "ftp://127.0.0.1:1"),
        ("HTTPS_PROXY", "http://127.0.0.1:port"),
        ("SSL_CERT_FILE", "/nonexistent/certificates.pem"),
    ],
)
def test_a_broken_setting_of_the_environment_is_a_problem_and_no_crash(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    ended = run("balance", "--json", "--api-url", refused_url().replace("http:", "https:"))
    assert ended.code == 7
    assert list(ended.document) == ["problem", "message"]


@pytest.mark.usefixtures("_key")
def test_ctrl_c_ends_with_130(simulator: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tray_app.cli._read_balance", interrupt)
    ended = run("balance", "--api-url", simulator.url)
    assert (ended.code, ended.stdout, ended.stderr) == (130, "", "")


@pytest.mark.usefixtures("_key")
def test_the_key_is_never_printed(simulator: Simulator) -> None:
    simulator.accounts[KEY] = json_reply({"code": 1, "reason": KEY, "message": KEY}, 500)
    ended = run("-v", "balance", "--json", "--api-url", simulator.url)
    assert ended.code == 8
    assert KEY not in ended.stdout + ended.stderr
    assert json.loads(ended.stdout)
