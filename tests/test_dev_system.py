from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import dev_system

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DEBIAN = 'PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nID=debian\nVERSION_ID="13"\n'
UBUNTU = 'NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n'
MINT = 'NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\n'
FEDORA = "NAME='Fedora Linux'\nID=fedora\n# a comment\n"
ROCKY = 'ID="rocky"\nID_LIKE="rhel centos fedora"\n'
TUMBLEWEED = 'ID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"\n'
MANJARO = "ID=manjaro\nID_LIKE=arch\n"
ALPINE = 'NAME="Alpine Linux"\nID=alpine\n'

LIBRARY = dev_system.Need("library", "libno-such.so.9", "libno-such9", "no-such")
PROGRAM = dev_system.Need("program", "no-such-program", "no-such-tools", "no-such-tools")
PRESENT = dev_system.Need("module", "json", "python3", "python")


class Commands:
    """Stands for `dev_system.ran`: keeps what would have been run."""

    def __init__(self) -> None:
        self.run: list[tuple[str, ...]] = []

    def __call__(
        self, label: str, command: Sequence[str], env: Mapping[str, str] | None = None
    ) -> bool:
        assert label
        assert env is None or env["DEBIAN_FRONTEND"] == "noninteractive"
        self.run.append(tuple(command))
        return True


@pytest.fixture
def bare_debian(monkeypatch: pytest.MonkeyPatch) -> Commands:
    commands = Commands()
    monkeypatch.setattr(dev_system, "ran", commands)
    monkeypatch.setattr(dev_system, "read_os_release", lambda: DEBIAN)
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)
    dev_system.refresh_package_lists.cache_clear()
    return commands


@pytest.mark.parametrize(
    ("os_release", "family"),
    [
        (DEBIAN, "debian"),
        (UBUNTU, "debian"),
        (MINT, "debian"),
        (FEDORA, "fedora"),
        (ROCKY, "fedora"),
        (TUMBLEWEED, "suse"),
        (MANJARO, "arch"),
        (ALPINE, None),
        ("", None),
    ],
)
def test_family_is_read_from_os_release(os_release: str, family: str | None) -> None:
    assert dev_system.family_of(os_release) == family


@pytest.mark.parametrize(
    ("family", "line"),
    [
        (
            "debian",
            (
                "sudo apt-get update"
                " && sudo apt-get install --no-install-recommends libno-such9 no-such-tools"
            ),
        ),
        ("fedora", "sudo dnf install 'libno-such.so.9()(64bit)' /usr/bin/no-such-program"),
        ("suse", "sudo zypper install 'libno-such.so.9()(64bit)' /usr/bin/no-such-program"),
        ("arch", "sudo pacman -S --needed no-such no-such-tools"),
    ],
)
def test_line_to_run_names_the_familys_packages(family: str, line: str) -> None:
    assert dev_system.install_line([LIBRARY, PROGRAM], family, sudo=True) == line


def test_line_for_root_has_no_sudo() -> None:
    assert "sudo" not in dev_system.install_line([LIBRARY], "debian", sudo=False)


def test_package_of_two_libraries_is_named_once() -> None:
    glib = [need for need in dev_system.QT if need.debian == "libglib2.0-0"]
    assert len(glib) == 2
    assert dev_system.packages_for(glib, "debian") == ["libglib2.0-0"]


def test_presence_is_seen_on_the_thing_itself() -> None:
    assert dev_system.is_present(PRESENT)
    assert not dev_system.is_present(LIBRARY)
    assert not dev_system.is_present(PROGRAM)
    assert not dev_system.is_present(dev_system.Need("module", "no_such_module", "", ""))


def test_user_gets_the_line_and_an_error_when_something_essential_is_missing(
    bare_debian: Commands, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        dev_system.provide([PRESENT, LIBRARY], essential=True)
    assert stop.value.code == 1
    told = capsys.readouterr().err
    assert "Missing from the system: libno-such.so.9\n" in told
    assert "sudo apt-get install --no-install-recommends libno-such9\n" in told
    assert bare_debian.run == []


def test_missing_wish_is_named_and_work_goes_on(
    bare_debian: Commands, capsys: pytest.CaptureFixture[str]
) -> None:
    dev_system.provide([PROGRAM], essential=False)
    assert "no-such-program" in capsys.readouterr().err
    assert bare_debian.run == []


def test_unknown_distribution_gets_the_names(
    bare_debian: Commands, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev_system, "read_os_release", lambda: ALPINE)
    dev_system.provide([PROGRAM], essential=False)
    told = capsys.readouterr().err
    assert "no-such-program" in told
    assert "Install with" not in told
    assert bare_debian.run == []


def test_root_on_debian_installs_what_is_missing(
    bare_debian: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0, raising=False)
    dev_system.provide([PRESENT, PROGRAM], essential=False)
    update, install = bare_debian.run
    assert update[0] == install[0] == "apt-get"
    assert update[-1] == "update"
    assert install[-3:] == ("install", "--no-install-recommends", "no-such-tools")


def test_root_is_told_when_installing_did_not_help(
    bare_debian: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0, raising=False)
    with pytest.raises(SystemExit):
        dev_system.provide([LIBRARY], essential=True)
    assert bare_debian.run != []


@pytest.mark.parametrize(
    ("env", "needs"),
    [
        ({}, ()),
        ({"DISPLAY": ""}, ()),
        ({"DISPLAY": ":0"}, dev_system.QT + dev_system.X11),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, dev_system.QT + dev_system.X11),
        ({"WAYLAND_DISPLAY": "wayland-0"}, dev_system.QT + dev_system.WAYLAND),
    ],
)
def test_qt_libraries_are_demanded_only_for_the_display_there_is(
    env: dict[str, str], needs: tuple[dev_system.Need, ...]
) -> None:
    assert dev_system.qt_needs(env) == needs


@pytest.mark.skipif(sys.platform != "linux", reason="the wheel for Linux is looked into")
def test_tables_name_exactly_what_qt_links_to() -> None:
    spec = importlib.util.find_spec("PySide6")
    assert spec is not None
    assert spec.submodule_search_locations
    wheel = Path(spec.submodule_search_locations[0])
    modules = [wheel / f"Qt{name}.abi3.so" for name in ("Widgets", "DBus", "Network", "Svg")]
    plugins = [wheel / f"Qt/plugins/platforms/libq{name}.so" for name in ("xcb", "wayland")]
    listed = subprocess.run(
        ["ldd", *modules, *plugins], capture_output=True, text=True, check=True
    ).stdout
    linked = set(re.findall(r"^\s(\S+) =>", listed, re.MULTILINE))
    absent = set(re.findall(r"^\s(\S+) => not found", listed, re.MULTILINE))
    named = {need.name for need in dev_system.QT + dev_system.X11 + dev_system.WAYLAND}
    assert named <= linked
    assert absent <= named


def test_failed_command_shows_its_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert not dev_system.ran(
        "Trying", (sys.executable, "-c", "import sys; print('why'); sys.exit(3)")
    )
    assert re.fullmatch(r"Trying \.\.\. failed after \d+\.\d s\nwhy\n", capsys.readouterr().err)


def test_quiet_command_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev_system.ran("Trying", (sys.executable, "-c", "print('noise')"))
    assert re.fullmatch(r"Trying \.\.\. \d+\.\d s\n", capsys.readouterr().err)
