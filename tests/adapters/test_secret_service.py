"""The key store over the real Secret Service, on a bus of its own."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

import pytest

from tests.adapters.key_store_contract import KEY, OTHER_KEY, KeyStoreContract
from tray_app.adapters.key_store import KeyStore
from tray_app.core.problem import KeyringMissing, ProblemError

if sys.platform != "linux":
    pytest.skip("the Secret Service is Linux's", allow_module_level=True)

from tests.desktop.requirements import missing_requirements
from tests.desktop.session import DesktopSession

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.desktop


@pytest.fixture(scope="module")
def session() -> Iterator[DesktopSession]:
    """A session with an unlocked keyring, which the tests share; each leaves it empty."""
    if missing := missing_requirements():
        reason = "desktop tests need " + ", ".join(missing)
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with DesktopSession() as session:
        session.start_keyring()
        yield session


@pytest.fixture
def store(session: DesktopSession, monkeypatch: pytest.MonkeyPatch) -> Iterator[KeyStore]:
    address = session.environ["DBUS_SESSION_BUS_ADDRESS"]
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    store = KeyStore()
    yield store
    store.delete()


class TestSecretService(KeyStoreContract):
    """The real keyring passes what the fake passes."""


def test_no_file_holds_the_key_in_plain_text(store: KeyStore, session: DesktopSession) -> None:
    store.save(KEY)
    store.save(OTHER_KEY)
    files = [path for path in session.root.rglob("*") if path.is_file()]
    assert any(path.suffix == ".keyring" for path in files)
    for path in files:
        content = path.read_bytes()
        assert KEY.reveal().encode() not in content, path
        assert OTHER_KEY.reveal().encode() not in content, path


def test_another_store_reads_the_key_as_another_program_would(store: KeyStore) -> None:
    store.save(KEY)
    assert KeyStore().read() == KEY


@pytest.mark.parametrize("address", ["unix:path=/nonexistent/bus", "", "nonsense"])
def test_without_a_bus_the_keyring_is_missing(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    with pytest.raises(ProblemError) as caught:
        KeyStore().read()
    assert caught.value.problem == KeyringMissing()


@pytest.mark.filterwarnings(
    # keyring leaves the bus's socket to garbage collection when there is no service.
    "ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning"
)
def test_a_bus_without_a_secret_service_has_no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    if missing := missing_requirements():
        pytest.skip("desktop tests need " + ", ".join(missing))
    with DesktopSession() as session:
        address = session.environ["DBUS_SESSION_BUS_ADDRESS"]
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        with pytest.raises(ProblemError) as caught:
            KeyStore().save(KEY)
        assert caught.value.problem == KeyringMissing()
        del caught
        gc.collect()
