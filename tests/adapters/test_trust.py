"""Whose certificates are believed: those the environment names, else the system's."""

from __future__ import annotations

import os
import ssl
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.adapters.asking import KEY, SECRET, opened, problem_at, read
from tests.adapters.private_ca import PrivateCa
from tests.core.samples import usd
from tray_app.adapters.certificate_fault import certificate_fault
from tray_app.adapters.trust import tls_context
from tray_app.core.problem import CertificateFault, CertificateRejected, Problem, ProblemError
from tray_app.simulator import Simulator, accounts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

UNKNOWN_ISSUER: Final = CertificateRejected(CertificateFault.UNKNOWN_ISSUER)
STORE: Final = CertificateRejected(CertificateFault.STORE)


@pytest.fixture
def company(tmp_path: Path) -> PrivateCa:
    return PrivateCa(tmp_path)


@pytest.fixture
def server(company: PrivateCa) -> Iterator[Simulator]:
    """A Novita whose certificate the company's authority issued."""
    with Simulator({SECRET: accounts.SAMPLE_BALANCE}, tls=company.serve()) as simulator:
        yield simulator


def hashed_folder(folder: Path, ca: PrivateCa) -> Path:
    """Return a folder as OpenSSL looks certificates up in."""
    folder.mkdir()
    subject = subprocess.run(
        ["openssl", "x509", "-noout", "-hash"],
        input=ca.pem,
        stdout=subprocess.PIPE,
        check=True,
    ).stdout.decode()
    (folder / f"{subject.strip()}.0").write_bytes(ca.pem)
    return folder


def store_problem(environ: Mapping[str, str]) -> Problem:
    with pytest.raises(ProblemError) as caught:
        tls_context(environ)
    return caught.value.problem


def test_an_authority_in_ssl_cert_file_is_believed(
    company: PrivateCa, server: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert problem_at(server.url) == UNKNOWN_ISSUER
    monkeypatch.setenv("SSL_CERT_FILE", str(company.certificate_file))
    assert read(server.url).available == usd("100")


def test_an_authority_in_ssl_cert_dir_is_believed(
    company: PrivateCa, server: Simulator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_DIR", str(hashed_folder(tmp_path / "certs", company)))
    assert read(server.url).available == usd("100")


def test_an_issuing_authority_is_believed_without_the_root_above_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issuing = PrivateCa(tmp_path, "Issuing", issuer=PrivateCa(tmp_path, "Root"))
    monkeypatch.setenv("SSL_CERT_FILE", str(issuing.certificate_file))
    with Simulator({SECRET: accounts.SAMPLE_BALANCE}, tls=issuing.serve()) as server:
        assert read(server.url).available == usd("100")


def test_a_certificate_of_tomorrow_is_not_valid_yet(
    company: PrivateCa, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(company.certificate_file))
    context = company.serve(begins=datetime.now(UTC) + timedelta(days=1))
    with Simulator({SECRET: accounts.SAMPLE_BALANCE}, tls=context) as server:
        assert problem_at(server.url) == CertificateRejected(CertificateFault.NOT_YET_VALID)
        assert server.request_count == 0


def test_where_the_environment_names_certificates_no_others_are_believed(
    company: PrivateCa, server: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = PrivateCa(tmp_path, "Somebody else")
    monkeypatch.setenv("SSL_CERT_FILE", str(other.certificate_file))
    # The system's store: with one variable set, the other's default must not come in.
    monkeypatch.setattr(ssl, "get_default_verify_paths", _unasked)
    assert problem_at(server.url) == UNKNOWN_ISSUER
    assert len(tls_context(os.environ).get_ca_certs()) == 1
    assert company.pem != other.pem


def _unasked() -> ssl.DefaultVerifyPaths:
    raise AssertionError("the system's store was asked for")


@pytest.mark.parametrize(
    "content", [None, b"", b"no certificate"], ids=["missing", "empty", "text"]
)
def test_an_ssl_cert_file_that_cannot_be_read_is_named_and_nothing_else_is_believed(
    tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "certificates.pem"
    if content is not None:
        file.write_bytes(content)
    assert store_problem({"SSL_CERT_FILE": str(file)}) == STORE


@pytest.mark.skipif(sys.platform == "win32", reason="has no named pipes in folders")
def test_an_ssl_cert_file_that_may_never_end_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert store_problem({"SSL_CERT_FILE": str(pipe)}) == STORE


def test_an_ssl_cert_dir_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    assert store_problem({"SSL_CERT_DIR": str(tmp_path / "missing")}) == STORE
    assert tls_context({"SSL_CERT_DIR": str(tmp_path)}).get_ca_certs() == []


def test_a_store_that_was_mended_is_read_at_the_next_request(
    company: PrivateCa, server: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "store.pem"
    monkeypatch.setenv("SSL_CERT_FILE", str(store))
    with opened(server.url) as client:
        with pytest.raises(ProblemError, match="STORE"):
            client.fetch_balance(KEY)
        store.write_bytes(PrivateCa(tmp_path, "Somebody else").pem)
        with pytest.raises(ProblemError, match="UNKNOWN_ISSUER"):
            client.fetch_balance(KEY)
        store.write_bytes(company.pem)
        assert client.fetch_balance(KEY).available == usd("100")


def test_tls_is_1_2_at_least_and_names_are_checked(company: PrivateCa) -> None:
    context = tls_context({"SSL_CERT_FILE": str(company.certificate_file)})
    assert context.minimum_version == ssl.TLSVersion.TLSv1_2
    assert context.check_hostname
    assert context.verify_mode == ssl.CERT_REQUIRED


def test_no_session_secret_is_written_to_a_file(
    company: PrivateCa, server: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = tmp_path / "secrets"
    monkeypatch.setenv("SSLKEYLOGFILE", str(secrets))
    monkeypatch.setenv("SSL_CERT_FILE", str(company.certificate_file))
    assert read(server.url).available == usd("100")
    assert not secrets.exists()


# CERT_E_… of Windows and errSec… of macOS, as truststore 0.10 passes them on.
@pytest.mark.parametrize(
    ("number", "fault"),
    [
        (0x800B0101, CertificateFault.EXPIRED),
        (0x800B0109, CertificateFault.UNKNOWN_ISSUER),
        (0x800B010F, CertificateFault.WRONG_HOST),
        (0x800B010C, CertificateFault.OTHER),
        (-67818, CertificateFault.EXPIRED),
        (-67819, CertificateFault.NOT_YET_VALID),
        (-67843, CertificateFault.UNKNOWN_ISSUER),
        (-67602, CertificateFault.WRONG_HOST),
        (-67820, CertificateFault.OTHER),
        (None, CertificateFault.OTHER),
    ],
)
def test_what_windows_and_macos_say_names_the_fault(
    number: int | None, fault: CertificateFault
) -> None:
    error = ssl.SSLCertVerificationError("a sentence in the system's language")
    if number is not None:
        error.verify_code = number
    assert certificate_fault(error) is fault


# In a mount namespace of its own a process sees another /etc/ssl/certs.
_WITH_STORE: Final = """
mount --bind "$1" "$(readlink -f /usr/lib/ssl/certs)" && exec "$2" -c "$3" "$4"
"""
_ASK: Final = """
import sys
from tests.adapters.asking import KEY, opened
from tray_app.core.problem import ProblemError
with opened(sys.argv[1]) as client:
    try:
        print(client.fetch_balance(KEY).available.decimal_text())
    except ProblemError as error:
        print(error.problem.fault.name)
"""
_SHOW: Final = """
from tray_app.adapters.trust import tls_context
context = tls_context({"SSL_CERT_FILE": "", "SSL_CERT_DIR": ""})
print(context.minimum_version.name, context.check_hostname, context.verify_mode.name)
"""


def output_with_system_store(folder: Path, source: str, url: str = "") -> str:
    """Return what a program writes whose system store is ``folder``."""
    done = subprocess.run(
        [
            *("unshare", "--map-root-user", "--mount", "sh", "-c", _WITH_STORE, "sh"),
            *(str(folder), sys.executable, source, url),
        ],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if "unshare:" in done.stderr or "mount:" in done.stderr:
        pytest.skip(f"nobody may have a mount namespace here: {done.stderr}")
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.skipif(
    not Path("/usr/lib/ssl/certs").is_dir(), reason="knows where Debian keeps certificates"
)
class TestSystemStore:
    """The system's own store, with another content, as a real process meets it."""

    def test_an_authority_that_the_company_added_is_believed(
        self, company: PrivateCa, server: Simulator, tmp_path: Path
    ) -> None:
        folder = hashed_folder(tmp_path / "certs", company)
        assert output_with_system_store(folder, _ASK, server.url) == "100.0000"

    def test_another_authority_is_not(self, server: Simulator, tmp_path: Path) -> None:
        folder = hashed_folder(tmp_path / "certs", PrivateCa(tmp_path, "Somebody else"))
        assert output_with_system_store(folder, _ASK, server.url) == "UNKNOWN_ISSUER"

    def test_where_openssl_finds_nothing_the_known_places_are_looked_through(
        self, company: PrivateCa, server: Simulator, tmp_path: Path
    ) -> None:
        # No hashed names, as OpenSSL wants them: only the one file that Debian makes beside them.
        folder = tmp_path / "certs"
        folder.mkdir()
        (folder / "ca-certificates.crt").write_bytes(company.pem)
        assert output_with_system_store(folder, _ASK, server.url) == "100.0000"

    def test_an_empty_store_is_named_as_such(self, server: Simulator, tmp_path: Path) -> None:
        folder = tmp_path / "certs"
        folder.mkdir()
        assert output_with_system_store(folder, _ASK, server.url) == "STORE"

    def test_empty_variables_count_as_none_and_tls_is_1_2_at_least(
        self, company: PrivateCa, tmp_path: Path
    ) -> None:
        folder = hashed_folder(tmp_path / "certs", company)
        assert output_with_system_store(folder, _SHOW) == "TLSv1_2 True CERT_REQUIRED"
