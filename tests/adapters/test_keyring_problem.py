"""What each back-end can raise, and the problem that it stands for."""

from __future__ import annotations

import sys
from typing import Final

import pytest
from keyring.errors import (
    InitError,
    KeyringError,
    NoKeyringError,
    PasswordDeleteError,
    PasswordSetError,
)
from keyring.errors import KeyringLocked as BackendLocked

from tray_app.adapters.keyring_problem import keyring_problem
from tray_app.core.problem import (
    KeyringFailed,
    KeyringLocked,
    KeyringMissing,
    KeyringRefused,
    Problem,
    WrongKey,
)

LOCKED: Final = KeyringLocked()
MISSING: Final = KeyringMissing()
REFUSED: Final = KeyringRefused()
FAILED: Final = KeyringFailed()
DBUS: Final = "org.freedesktop.DBus.Error."
SECRET: Final = "org.freedesktop.Secret.Error."


class BusError(Exception):
    """As jeepney raises it: the error's name on the bus in ``name``."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class WindowsError_(Exception):  # noqa: N801, N818 — the name does not matter there
    """As pywintypes raises it: the number in ``winerror``."""

    def __init__(self, number: int) -> None:
        super().__init__(number, "CredRead", "text of the system")
        self.winerror = number


def macos_error(status: int, name: str = "Error") -> Exception:
    """Return an exception as keyring's own module for macOS raises it."""
    kind = type(name, (Exception,), {"__module__": "keyring.backends.macOS.api"})
    error = kind(status, "Unknown Error")
    assert isinstance(error, Exception)
    return error


def caused_by(cause: Exception, error: Exception) -> Exception:
    error.__cause__ = cause
    return error


def during(context: Exception, error: Exception) -> Exception:
    error.__context__ = context
    return error


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (BackendLocked("locked"), LOCKED),
        (NoKeyringError("none"), MISSING),
        (InitError("no service"), MISSING),
        (KeyringError("other"), FAILED),
        (PasswordSetError("failed"), FAILED),
        (PasswordDeleteError("failed"), FAILED),
        (PermissionError("the bus"), REFUSED),
        (ConnectionResetError("the bus"), FAILED),
        (BrokenPipeError("the bus"), FAILED),
        (AssertionError("an answer without sense"), FAILED),
        (RuntimeError("anything"), FAILED),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "rubbish"), WrongKey("")),
        (during(BackendLocked("locked"), InitError("failed")), LOCKED),
        (caused_by(BackendLocked("locked"), PasswordSetError("failed")), LOCKED),
        (caused_by(BusError(f"{DBUS}NoReply"), InitError("failed")), FAILED),
        (caused_by(BusError(f"{DBUS}AccessDenied"), InitError("failed")), REFUSED),
        (caused_by(RuntimeError("unknown"), InitError("failed")), MISSING),
        (caused_by(PermissionError("the bus"), InitError("failed")), REFUSED),
    ],
    ids=repr,
)
def test_an_error_of_any_back_end_is_a_problem(error: Exception, problem: Problem) -> None:
    assert keyring_problem(error) == problem


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        (f"{SECRET}IsLocked", LOCKED),
        (f"{SECRET}NoSession", FAILED),
        (f"{DBUS}ServiceUnknown", MISSING),
        (f"{DBUS}NameHasNoOwner", MISSING),
        (f"{DBUS}NoServer", MISSING),
        (f"{DBUS}Spawn.ExecFailed", MISSING),
        (f"{DBUS}Spawn.ChildExited", MISSING),
        (f"{DBUS}Spawn.ServiceNotFound", MISSING),
        (f"{DBUS}AccessDenied", REFUSED),
        (f"{DBUS}AuthFailed", REFUSED),
        (f"{DBUS}InteractiveAuthorizationRequired", REFUSED),
        (f"{DBUS}NoReply", FAILED),
        (f"{DBUS}Disconnected", FAILED),
        (f"{DBUS}Timeout", FAILED),
        (f"{DBUS}TimedOut", FAILED),
        (f"{DBUS}LimitsExceeded", FAILED),
        (f"{DBUS}Failed", FAILED),
        ("org.example.Error.Unheard", FAILED),
    ],
)
def test_an_error_of_the_bus_is_a_problem(name: str, problem: Problem) -> None:
    assert keyring_problem(BusError(name)) == problem


@pytest.mark.skipif(sys.platform != "linux", reason="its libraries are installed there alone")
def test_the_secret_services_own_exceptions_are_problems() -> None:
    import secretstorage  # noqa: PLC0415 — Linux alone has it
    from jeepney import (  # type: ignore[import-untyped]  # noqa: PLC0415 — no py.typed; the same
        DBusErrorResponse,
        new_error,
    )
    from jeepney.bus_messages import message_bus  # type: ignore[import-untyped]  # noqa: PLC0415 — no py.typed; the same

    from tray_app.adapters.watched_bus import ServiceGoneError  # noqa: PLC0415 — the same

    call = message_bus.ListNames()
    denied = DBusErrorResponse(new_error(call, f"{DBUS}AccessDenied", "s", ("text",)))
    for error, problem in (
        (secretstorage.LockedException("locked"), LOCKED),
        (secretstorage.PromptDismissedException("dismissed"), LOCKED),
        (secretstorage.SecretServiceNotAvailableException("gone"), MISSING),
        (secretstorage.ItemNotFoundException("gone"), FAILED),
        (denied, REFUSED),
        (ServiceGoneError(), FAILED),
    ):
        assert keyring_problem(error) == problem


@pytest.mark.parametrize(
    ("status", "problem"),
    [
        (-128, LOCKED),
        (-25308, LOCKED),
        (-25291, MISSING),
        (-25294, MISSING),
        (-25307, MISSING),
        (-25293, REFUSED),
        (-25243, REFUSED),
        (-34018, REFUSED),
        (-67030, REFUSED),
        (-25300, FAILED),
        (-50, FAILED),
    ],
)
def test_a_status_of_macos_is_a_problem(status: int, problem: Problem) -> None:
    wrapped = caused_by(macos_error(status), KeyringError("Can't get password from keychain"))
    assert keyring_problem(wrapped) == problem
    assert keyring_problem(caused_by(macos_error(status), PasswordSetError("failed"))) == problem


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (caused_by(macos_error(-128, "KeychainDenied"), BackendLocked("denied")), LOCKED),
        (caused_by(macos_error(-25293, "SecAuthFailure"), KeyringError("failed")), REFUSED),
        (caused_by(macos_error(-25300, "NotFound"), PasswordDeleteError("failed")), FAILED),
    ],
    ids=repr,
)
def test_an_exception_of_macos_is_a_problem(error: Exception, problem: Problem) -> None:
    assert keyring_problem(error) == problem


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        (1312, MISSING),
        (1722, MISSING),
        (1058, MISSING),
        (1062, MISSING),
        (5, REFUSED),
        (1314, REFUSED),
        (87, FAILED),
    ],
)
def test_an_error_of_windows_is_a_problem(number: int, problem: Problem) -> None:
    assert keyring_problem(WindowsError_(number)) == problem
