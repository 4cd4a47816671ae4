"""The doctor as a user starts it, in situations in which one would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.adapters.private_ca import PrivateCa
from tests.adapters.raw_server import RawServer, wait_for_end
from tests.adapters.real_proxies import PASSWORD, USER, inspecting, tinyproxy
from tests.cli.test_subprocess import LOADED, PROJECT, run_python, start
from tray_app.simulator import Simulator, accounts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEY: Final = "sk_marked_secret_of_the_doctor"
ORDER: Final = [
    "program",
    "libraries",
    "system",
    "display",
    "tray",
    "running",
    *["folder"] * 4,
    "keyring",
    "key",
    "proxy",
    "connection",
    "certificate",
    "balance",
    "clock",
]


@dataclass(frozen=True, slots=True)
class Examination:
    """What the doctor said, with a marked key in the environment."""

    code: int
    findings: list[dict[str, Any]]
    stderr: str

    def __getitem__(self, what: str) -> tuple[str, str]:
        """Return the verdict on one thing, and everything that was said of it."""
        (finding,) = [finding for finding in self.findings if finding["what"] == what]
        return finding["verdict"], f"{finding['text']} -> {finding['next_step']}"


def examine(url: str, *arguments: str, **variables: str) -> Examination:
    """Run the doctor; what it writes never holds the key."""
    ended = start(
        "doctor", "--json", "--api-url", url, *arguments, **{"NOVITA_API_KEY": KEY, **variables}
    )
    assert KEY.encode() not in ended.stdout + ended.stderr
    document = json.loads(ended.stdout)
    assert list(document) == ["version", "works", "findings"]
    assert document["works"] == (ended.returncode == 0)
    return Examination(ended.returncode, document["findings"], ended.stderr.decode())


@pytest.fixture
def known() -> Iterator[Simulator]:
    """A Novita that knows the marked key."""
    with Simulator({KEY: accounts.SAMPLE_BALANCE}) as simulator:
        yield simulator


@pytest.fixture
def company(tmp_path: Path) -> PrivateCa:
    return PrivateCa(tmp_path)


@pytest.fixture
def secure(company: PrivateCa) -> Iterator[Simulator]:
    with Simulator({KEY: accounts.SAMPLE_BALANCE}, tls=company.serve()) as simulator:
        yield simulator


def test_each_thing_is_named_once_and_in_order(known: Simulator) -> None:
    seen = examine(known.url)
    assert [finding["what"] for finding in seen.findings] == ORDER
    for finding in seen.findings:
        assert list(finding) == ["what", "verdict", "text", "next_step"]
        assert finding["verdict"] in {"ok", "warning", "failed", "skipped"}
        to_do = finding["verdict"] in {"warning", "failed"}
        assert (finding["next_step"] is not None) == to_do
    assert seen.stderr == ""


def test_one_request_brings_all_that_the_server_shows(known: Simulator) -> None:
    seen = examine(known.url)
    assert seen["key"][0] == "ok"
    assert "NOVITA_API_KEY" in seen["key"][1]
    assert seen["connection"][0] == seen["balance"][0] == seen["clock"][0] == "ok"
    assert known.request_count == 1
    assert "100" not in seen["balance"][1]


@pytest.mark.skipif(sys.platform in {"darwin", "win32"}, reason="has always a display")
def test_without_a_display_it_fails_and_says_so(known: Simulator) -> None:
    seen = examine(known.url)
    assert (seen.code, seen["display"][0], seen["tray"][0]) == (1, "failed", "skipped")


@pytest.mark.parametrize("options", [("--demo",), ()], ids=["demo", "account"])
def test_it_leaves_qt_out(known: Simulator, options: tuple[str, ...]) -> None:
    arguments = options or ("--api-url", known.url)
    ended = run_python("-c", LOADED, "doctor", *arguments, QT_QPA_PLATFORM="xcb")
    assert ended.stdout.decode().splitlines()[-1].endswith(" []")


def test_the_demo_needs_neither_keyring_nor_network() -> None:
    ended = start("doctor", "--demo", "--json")
    named = [finding["what"] for finding in json.loads(ended.stdout)["findings"]]
    assert named == ORDER[: ORDER.index("keyring")]


def test_a_wrong_key_is_named_and_so_is_what_it_looks_like() -> None:
    with Simulator() as simulator:
        seen = examine(simulator.url)
        assert seen["balance"][0] == "failed"
        assert "NOVITA_API_KEY" in seen["balance"][1]
        odd = examine(simulator.url, NOVITA_API_KEY="pk_of_another_vendor")
    assert odd["key"][0] == "warning"
    assert "pk_" not in json.dumps(odd.findings)


def test_too_many_requests_are_a_warning() -> None:
    with Simulator({KEY: accounts.rate_limited(30)}) as simulator:
        assert examine(simulator.url)["balance"][0] == "warning"


def test_nobody_listening_is_one_failure_and_not_four(known: Simulator) -> None:
    known.stop()
    seen = examine(known.url)
    assert seen["connection"][0] == "failed"
    assert "refused" in seen["connection"][1]
    assert {seen[what][0] for what in ("balance", "clock")} == {"skipped"}


def test_a_server_that_says_nothing_does_not_hold_it_up() -> None:
    begin = time.monotonic()
    with RawServer(wait_for_end) as server:
        seen = examine(server.url)
    assert (seen["connection"][0], seen["balance"][0]) == ("ok", "failed")
    assert "in time" in seen["balance"][1]
    assert time.monotonic() - begin < 25


@pytest.mark.parametrize(
    ("seconds", "verdict", "words"),
    [(-200, "warning", "3 minutes fast"), (7_300, "failed", "2 hours slow")],
)
def test_a_wrong_clock_is_named(seconds: int, verdict: str, words: str) -> None:
    with Simulator(
        {KEY: accounts.SAMPLE_BALANCE}, clock=lambda: time.time() + seconds
    ) as simulator:
        seen = examine(simulator.url)
    assert seen["clock"][0] == verdict
    assert words in seen["clock"][1]


def test_behind_a_companys_proxy_host_and_port_are_told_and_no_password(
    company: PrivateCa, secure: Simulator, tmp_path: Path
) -> None:
    trusted = str(company.certificate_file)
    with tinyproxy(tmp_path, f"BasicAuth {USER} {PASSWORD}") as proxy:
        address = f"http://{USER}:{PASSWORD}@{proxy.address}"
        seen = examine(secure.url, "--verbose", HTTPS_PROXY=address, SSL_CERT_FILE=trusted)
        refused = examine(secure.url, HTTPS_PROXY=f"http://{proxy.address}", SSL_CERT_FILE=trusted)
    assert seen["proxy"][0] == seen["connection"][0] == seen["balance"][0] == "ok"
    assert f"{proxy.address} for 127.0.0.1, from HTTPS_PROXY" in seen["proxy"][1]
    assert seen["connection"][1].startswith("Proxy 127.0.0.1")
    assert "issued by A company" in seen["certificate"][1]
    assert "trusted by SSL_CERT_FILE" in seen["certificate"][1]
    assert PASSWORD not in json.dumps(seen.findings) + seen.stderr
    assert refused["balance"][0] == "failed"
    assert "proxy" in refused["balance"][1]


def test_a_proxy_that_is_not_there_is_told_from_novita(
    company: PrivateCa, secure: Simulator
) -> None:
    seen = examine(
        secure.url,
        HTTPS_PROXY=f"http://{USER}:{PASSWORD}@127.0.0.1:1",
        SSL_CERT_FILE=str(company.certificate_file),
    )
    assert (seen["connection"][0], seen["balance"][0]) == ("failed", "skipped")
    assert "The proxy cannot be reached" in seen["connection"][1]
    assert secure.request_count == 0
    assert PASSWORD not in json.dumps(seen.findings)


def test_a_proxy_that_cannot_be_used_names_the_variable() -> None:
    seen = examine("https://127.0.0.1:1", HTTPS_PROXY=f"ftp://{USER}:{PASSWORD}@127.0.0.1")
    assert seen["proxy"][0] == "failed"
    assert "HTTPS_PROXY" in seen["proxy"][1]
    assert (seen["connection"][0], seen["balance"][0]) == ("skipped", "skipped")
    assert PASSWORD not in json.dumps(seen.findings)


@pytest.mark.parametrize(
    ("chosen", "balance"),
    [("http://{login}@{address}", "ok"), ("http://{address}", "failed"), ("none", "ok")],
)
def test_a_proxy_that_the_settings_choose_is_told_as_theirs_and_gone_through(
    company: PrivateCa, secure: Simulator, tmp_path: Path, chosen: str, balance: str
) -> None:
    home = tmp_path / "home"
    (home / "config").mkdir(parents=True)
    with tinyproxy(tmp_path, f"BasicAuth {USER} {PASSWORD}") as proxy:
        value = chosen.format(login=f"{USER}:{PASSWORD}", address=proxy.address)
        (home / "config" / "settings.toml").write_text(f'proxy = "{value}"\n', encoding="utf-8")
        seen = examine(
            secure.url,
            "--verbose",
            HTTPS_PROXY="http://127.0.0.1:1",
            NO_PROXY="*",
            SSL_CERT_FILE=str(company.certificate_file),
            NOVITA_TRAY_HOME=str(home),
        )
        told = "None" if chosen == "none" else proxy.address
        assert f"{told} for 127.0.0.1, from settings.toml" in seen["proxy"][1]
        assert ("CONNECT 127.0.0.1:" in proxy.log) == (chosen != "none")
    assert (seen["connection"][0], seen["balance"][0]) == ("ok", balance)
    assert PASSWORD not in json.dumps(seen.findings) + seen.stderr


def test_a_proxy_that_reads_along_is_named_and_gets_no_key(
    company: PrivateCa, known: Simulator, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    proxy_authority = PrivateCa(tmp_path / "other", "Firma mit ü")
    with RawServer(inspecting(proxy_authority.serve(), known.port)) as proxy:
        seen = examine(
            "https://127.0.0.1:1",
            HTTPS_PROXY=proxy.url,
            SSL_CERT_FILE=str(company.certificate_file),
        )
    assert seen["certificate"][0] == "failed"
    assert "issued by Firma mit ü" in seen["certificate"][1]
    assert "proxy" in seen["certificate"][1]
    assert seen["balance"][0] == "skipped"
    assert {request.scheme for request in known.requests} == {None}


def test_an_expired_certificate_tells_its_dates(company: PrivateCa) -> None:
    begins = datetime.now(UTC) - timedelta(days=10)
    with Simulator(tls=company.serve(begins=begins)) as simulator:
        seen = examine(simulator.url, SSL_CERT_FILE=str(company.certificate_file))
    assert seen["certificate"][0] == "failed"
    assert "expired" in seen["certificate"][1]
    assert str(begins.date()) in seen["certificate"][1]
    assert (seen["balance"][0], seen["clock"][0]) == ("skipped", "ok")


def test_certificates_that_cannot_be_read_name_the_variable(
    secure: Simulator, tmp_path: Path
) -> None:
    seen = examine(secure.url, SSL_CERT_FILE=str(tmp_path / "none.pem"))
    assert seen["certificate"][0] == "failed"
    assert "SSL_CERT_FILE" in seen["certificate"][1]


@pytest.mark.skipif(sys.platform != "linux", reason="/proc takes no folders, even from root")
def test_folders_that_cannot_be_made_are_each_a_failure(known: Simulator) -> None:
    seen = examine(known.url, NOVITA_TRAY_HOME="/proc/novita-tray")
    folders = [finding for finding in seen.findings if finding["what"] == "folder"]
    assert {finding["verdict"] for finding in folders} == {"failed"}
    assert all("NOVITA_TRAY_HOME" in finding["next_step"] for finding in folders)


def test_lines_are_aligned_and_end_with_a_conclusion(known: Simulator) -> None:
    ended = start("doctor", "--api-url", known.url, NOVITA_API_KEY=KEY)
    *lines, empty, conclusion = ended.stdout.decode().splitlines()
    assert empty == ""
    assert conclusion.endswith(".")
    steps = [line for line in lines if line.startswith(" ")]
    assert all(line.startswith(" " * 17 + "-> ") for line in steps)
    assert [line[4:17].strip() for line in lines if line not in steps] == ORDER
    assert b"\x1b" not in ended.stdout
    assert KEY.encode() not in ended.stdout


def test_a_terminal_that_knows_ascii_alone_gets_nothing_else(
    company: PrivateCa, known: Simulator, tmp_path: Path
) -> None:
    authority = PrivateCa(tmp_path, "Größe")
    with RawServer(inspecting(authority.serve(), known.port)) as proxy:
        ended = start(
            "doctor",
            *("--api-url", "https://127.0.0.1:1"),
            HTTPS_PROXY=proxy.url,
            SSL_CERT_FILE=str(company.certificate_file),
            PYTHONIOENCODING="ascii",
            LC_ALL="C",
            PYTHONUTF8="0",
        )
    assert ended.stdout.isascii()
    assert b"issued by Gr??e" in ended.stdout
    assert ended.stderr == b""


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX's")
@pytest.mark.parametrize(
    ("variables", "coloured"),
    [
        ({"TERM": "xterm"}, True),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
        ({}, False),
    ],
    ids=["terminal", "no colour wanted", "dumb", "unknown"],
)
def test_only_a_terminal_that_takes_them_gets_colours(
    variables: dict[str, str],
    coloured: bool,  # noqa: FBT001 — a parameter of the table
) -> None:
    ours, theirs = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "tray_app", "doctor", "--demo"],
        cwd=PROJECT,
        env={"PATH": os.environ["PATH"], **variables},
        stdin=subprocess.DEVNULL,
        stdout=theirs,
    ):
        os.close(theirs)
        shown = read_terminal(ours)
    os.close(ours)
    assert b"novita-tray" in shown
    assert (b"\x1b[32mok\x1b[0m" in shown) == coloured


def read_terminal(descriptor: int) -> bytes:
    """Return what is written to a pseudo-terminal until its other side is closed."""
    shown = b""
    while True:
        try:
            chunk = os.read(descriptor, 65_536)
        except OSError:
            # Linux's way to say that the other side is closed.
            return shown
        if not chunk:
            return shown
        shown += chunk


def test_a_reader_that_stops_reading_causes_no_traceback() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tray_app", "doctor", "--demo"],
        cwd=PROJECT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.close()
        assert program.stderr.read() == b""


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is Linux's")
def test_an_answer_that_cannot_be_written_ends_with_1() -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123 — a device
        ended = subprocess.run(
            [sys.executable, "-m", "tray_app", "doctor", "--demo"],
            cwd=PROJECT,
            stdin=subprocess.DEVNULL,
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert ended.returncode == 1
    assert b"could not be written" in ended.stderr
    assert ended.stderr.count(b"\n") == 1


def test_the_help_names_marks_and_exit_codes() -> None:
    text = start("doctor", "--help").stdout.decode()
    assert "!!" in text
    assert "0 all that is needed works" in text
