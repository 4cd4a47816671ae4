"""What back-ends raise, as the problem that a user can do something about.

Errors are told by their names and numbers, because each kind exists only where its library does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tray_app.core.problem import (
    KeyringFailed,
    KeyringLocked,
    KeyringMissing,
    KeyringRefused,
    Problem,
    WrongKey,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LOCKED: Final = KeyringLocked()
_MISSING: Final = KeyringMissing()
_REFUSED: Final = KeyringRefused()
_FAILED: Final = KeyringFailed()

_BY_KIND: Final[Mapping[str, Problem]] = {
    "KeyringLocked": _LOCKED,  # keyring
    "LockedException": _LOCKED,  # secretstorage
    "PromptDismissedException": _LOCKED,
    "KeychainDenied": _LOCKED,  # keyring on macOS: the user cancelled the prompt (-128)
    "NoKeyringError": _MISSING,  # keyring
    "InitError": _MISSING,
    "SecretServiceNotAvailableException": _MISSING,  # secretstorage
    "SecAuthFailure": _REFUSED,  # keyring on macOS
    "PermissionError": _REFUSED,  # the session bus is closed to this program
    "ServiceGoneError": _FAILED,
    # The entry is there, but nothing that this program ever stored.
    "UnicodeDecodeError": WrongKey(""),
}
# docs: D-Bus specification, "Message Bus Error Names"; Secret Service API, "Errors".
_BY_BUS_ERROR: Final[Mapping[str, Problem]] = {
    "org.freedesktop.Secret.Error.IsLocked": _LOCKED,
    "org.freedesktop.DBus.Error.ServiceUnknown": _MISSING,
    "org.freedesktop.DBus.Error.NameHasNoOwner": _MISSING,
    "org.freedesktop.DBus.Error.NoServer": _MISSING,
    "org.freedesktop.DBus.Error.AccessDenied": _REFUSED,
    "org.freedesktop.DBus.Error.AuthFailed": _REFUSED,
    "org.freedesktop.DBus.Error.InteractiveAuthorizationRequired": _REFUSED,
    "org.freedesktop.DBus.Error.NoReply": _FAILED,
    "org.freedesktop.DBus.Error.Disconnected": _FAILED,
    "org.freedesktop.DBus.Error.Timeout": _FAILED,
    "org.freedesktop.DBus.Error.TimedOut": _FAILED,
    "org.freedesktop.DBus.Error.LimitsExceeded": _FAILED,
    "org.freedesktop.Secret.Error.NoSession": _FAILED,
}
# The service is known, but could not be started.
_BUS_START_ERROR: Final = "org.freedesktop.DBus.Error.Spawn."
# docs: Security framework, SecBase.h. keyring raises them as the first argument of its Error.
_BY_MACOS_STATUS: Final[Mapping[int, Problem]] = {
    -128: _LOCKED,  # userCanceledErr
    -25308: _LOCKED,  # errSecInteractionNotAllowed: locked, and nobody may be asked
    -25291: _MISSING,  # errSecNotAvailable
    -25294: _MISSING,  # errSecNoSuchKeychain
    -25307: _MISSING,  # errSecNoDefaultKeychain
    -25293: _REFUSED,  # errSecAuthFailed
    -25243: _REFUSED,  # errSecNoAccessForItem
    -34018: _REFUSED,  # errSecMissingEntitlement
    -67030: _REFUSED,  # errSecCSInfoPlistFailed: the program's signature is broken
}
_MACOS_ERRORS: Final = "keyring.backends.macOS.api"
# docs: System Error Codes, winerror.h.
_BY_WINDOWS_ERROR: Final[Mapping[int, Problem]] = {
    1312: _MISSING,  # ERROR_NO_SUCH_LOGON_SESSION
    1722: _MISSING,  # RPC_S_SERVER_UNAVAILABLE
    1058: _MISSING,  # ERROR_SERVICE_DISABLED
    1062: _MISSING,  # ERROR_SERVICE_NOT_ACTIVE
    5: _REFUSED,  # ERROR_ACCESS_DENIED
    1314: _REFUSED,  # ERROR_PRIVILEGE_NOT_HELD
}


def keyring_problem(error: BaseException) -> Problem:
    """Return the problem behind a back-end's exception; KeyringFailed where nothing is known.

    The innermost cause that is known decides: what wraps it knows less.
    """
    for link in reversed(tuple(_chain(error))):
        problem = _known_problem(link)
        if problem is not None:
            return problem
    return _FAILED


def _chain(error: BaseException) -> Iterator[BaseException]:
    link: BaseException | None = error
    while link is not None:
        yield link
        link = link.__cause__ or link.__context__


def _known_problem(error: BaseException) -> Problem | None:
    by_number = _by_number(error)
    if by_number is not None:
        return by_number
    name = getattr(error, "name", None)
    if isinstance(name, str):
        if name.startswith(_BUS_START_ERROR):
            return _MISSING
        if name in _BY_BUS_ERROR:
            return _BY_BUS_ERROR[name]
    return next(
        (_BY_KIND[kind.__name__] for kind in type(error).__mro__ if kind.__name__ in _BY_KIND), None
    )


def _by_number(error: BaseException) -> Problem | None:
    windows_error = getattr(error, "winerror", None)
    if isinstance(windows_error, int):
        return _BY_WINDOWS_ERROR.get(windows_error)
    if type(error).__module__ == _MACOS_ERRORS and error.args:
        return _BY_MACOS_STATUS.get(error.args[0])
    return None
