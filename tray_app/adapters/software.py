"""Versions of what the program stands on, and the system and session that it runs in."""

from __future__ import annotations

import importlib.metadata
import platform
import ssl
from typing import TYPE_CHECKING, Final

from tray_app.core.checkup import SoftwareFound, SystemFound

if TYPE_CHECKING:
    from collections.abc import Mapping

# The names that people know, and the distributions that bring them.
_PACKAGES: Final = {
    "PySide6": "PySide6-Essentials",
    "httpx": "httpx",
    "keyring": "keyring",
    "truststore": "truststore",
}


def software_found(program_version: str) -> SoftwareFound:
    """Return the versions; nothing is imported for that."""
    return SoftwareFound(
        program=program_version,
        python=platform.python_version(),
        packages=tuple((name, _version(package)) for name, package in _PACKAGES.items()),
        openssl=" ".join(ssl.OPENSSL_VERSION.split()[:2]),
    )


def system_found(environ: Mapping[str, str]) -> SystemFound:
    """Return the operating system's name, and what the session says about itself."""
    return SystemFound(
        name=_system_name(),
        desktop=environ.get("XDG_CURRENT_DESKTOP", ""),
        session_type=environ.get("XDG_SESSION_TYPE", ""),
    )


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def _system_name() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return platform.platform(terse=True)
