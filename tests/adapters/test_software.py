from __future__ import annotations

import importlib.metadata
import platform
import ssl

import pytest

from tray_app.adapters import software
from tray_app.adapters.software import software_found, system_found


def test_the_versions_are_those_that_are_installed() -> None:
    found = software_found("1.2.3")
    assert (found.program, found.python) == ("1.2.3", platform.python_version())
    assert dict(found.packages)["httpx"] == importlib.metadata.version("httpx")
    assert dict(found.packages)["PySide6"] == importlib.metadata.version("PySide6-Essentials")
    assert ssl.OPENSSL_VERSION.startswith(found.openssl)


def test_what_is_not_installed_has_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(software, "_PACKAGES", {"nothing": "no-such-distribution-anywhere"})
    assert software_found("1").packages == (("nothing", None),)


def test_the_session_is_what_its_variables_say() -> None:
    found = system_found({"XDG_CURRENT_DESKTOP": "ubuntu:GNOME", "XDG_SESSION_TYPE": "wayland"})
    assert (found.desktop, found.session_type) == ("ubuntu:GNOME", "wayland")
    bare = system_found({})
    assert (bare.desktop, bare.session_type) == ("", "")
    assert bare.name


@pytest.mark.parametrize("content", [None, "ID=plain\n"])
def test_a_system_without_a_name_of_its_own_is_called_by_its_kernel(
    monkeypatch: pytest.MonkeyPatch, content: str | None
) -> None:
    def os_release() -> dict[str, str]:
        if content is None:
            raise OSError("none")
        return {"ID": "plain"}

    monkeypatch.setattr(platform, "freedesktop_os_release", os_release)
    assert system_found({}).name == platform.platform(terse=True)
