from __future__ import annotations

import pytest

from tray_app.core.checkup import (
    DisplayFound,
    FolderFault,
    FolderFound,
    InstanceFound,
    SoftwareFound,
    SystemFound,
    TrayFound,
    TrayHost,
)
from tray_app.presentation.desktop_findings import (
    display_finding,
    folder_finding,
    instance_finding,
    libraries_finding,
    program_finding,
    system_finding,
    tray_finding,
)
from tray_app.presentation.finding import Verdict

PACKAGES = (("PySide6", "6.11.3"), ("httpx", "0.28.1"))
SOFTWARE = SoftwareFound("1.2.3", "3.11.7", PACKAGES, "OpenSSL 3.0.19")
SCREEN = DisplayFound(":0")
FOLDER = FolderFound("logs", "/home/a/log", exists=True, free_bytes=3_210_000_000)


def test_program_and_libraries_name_their_versions() -> None:
    assert program_finding(SOFTWARE).text == "novita-tray 1.2.3, Python 3.11.7"
    libraries = libraries_finding(SOFTWARE)
    assert libraries.text == "PySide6 6.11.3, httpx 0.28.1, OpenSSL 3.0.19"
    assert libraries.verdict is Verdict.OK


def test_a_missing_library_is_a_failure() -> None:
    finding = libraries_finding(SoftwareFound("1", "3.11.7", (("PySide6", None),), "OpenSSL"))
    assert finding.verdict is Verdict.FAILED
    assert "PySide6 missing" in finding.text
    assert "Install" in finding.next_step


@pytest.mark.parametrize(
    ("python", "pyside", "verdict"),
    [
        ("3.11.7", "6.12.0", Verdict.FAILED),
        ("3.12.1", "6.12.0", Verdict.OK),
        ("3.11.7", "6.11.3", Verdict.OK),
    ],
)
def test_a_pair_that_aborts_is_a_failure(python: str, pyside: str, verdict: Verdict) -> None:
    software = SoftwareFound("1", python, (("PySide6", pyside),), "OpenSSL")
    assert libraries_finding(software).verdict is verdict


@pytest.mark.parametrize(
    ("desktop", "session_type", "text"),
    [
        ("XFCE", "x11", "Debian, XFCE on x11"),
        ("", "tty", "Debian, tty"),
        ("", "", "Debian"),
    ],
)
def test_the_system_names_what_of_the_session_is_known(
    desktop: str, session_type: str, text: str
) -> None:
    finding = system_finding(SystemFound("Debian", desktop, session_type))
    assert (finding.verdict, finding.text) == (Verdict.OK, text)


def test_a_display_is_named_where_it_has_a_name() -> None:
    assert display_finding(SCREEN).text == "Windows can be opened on :0"
    assert display_finding(DisplayFound("")).text == "Windows can be opened"


def test_without_a_display_the_command_is_offered() -> None:
    finding = display_finding(DisplayFound("", missing="There is no display."))
    assert (finding.verdict, finding.text) == (Verdict.FAILED, "There is no display")
    assert "novita-tray balance" in finding.next_step


def test_a_library_that_qt_lacks_is_named() -> None:
    fault = "libxcb-cursor.so.0: cannot open shared object file"
    finding = display_finding(DisplayFound(":0", plugin_fault=fault))
    assert finding.verdict is Verdict.FAILED
    assert fault in finding.text
    assert "libxcb-cursor0" in finding.next_step


@pytest.mark.parametrize(
    ("host", "words"),
    [
        (TrayHost.SYSTEM, "The system shows tray icons"),
        (TrayHost.STATUS_NOTIFIER, "A panel shows tray icons (StatusNotifierItem)"),
        (TrayHost.XEMBED, "A panel shows tray icons (XEmbed)"),
    ],
)
def test_whoever_shows_icons_is_fine(host: TrayHost, words: str) -> None:
    finding = tray_finding(TrayFound(host), SCREEN, "KDE")
    assert (finding.verdict, finding.text, finding.next_step) == (Verdict.OK, words, "")


@pytest.mark.parametrize(
    ("desktop", "bus_answers", "step"),
    [
        ("ubuntu:GNOME", True, "AppIndicator"),
        ("XFCE", True, "notification area"),
        ("", True, "notification area"),
        ("ubuntu:GNOME", False, "DBUS_SESSION_BUS_ADDRESS"),
    ],
)
def test_without_a_panel_the_desktops_own_remedy_is_named(
    desktop: str,
    bus_answers: bool,  # noqa: FBT001 — a parameter of the table
    step: str,
) -> None:
    tray = TrayFound(TrayHost.NONE, bus_answers=bus_answers)
    finding = tray_finding(tray, SCREEN, desktop)
    assert finding.verdict is Verdict.FAILED
    assert step in finding.next_step


def test_without_a_display_nobody_is_blamed_for_the_tray() -> None:
    no_screen = DisplayFound("", missing="There is no display.")
    finding = tray_finding(TrayFound(TrayHost.NONE), no_screen, "XFCE")
    assert finding.verdict is Verdict.SKIPPED


@pytest.mark.parametrize(
    ("instance", "text"),
    [
        (InstanceFound(runs=False), "No tray runs now"),
        (InstanceFound(runs=True, process_id=42), "A tray runs (process 42)"),
        (InstanceFound(runs=True), "A tray runs"),
    ],
)
def test_whether_a_tray_runs_is_told_and_not_judged(instance: InstanceFound, text: str) -> None:
    finding = instance_finding(instance)
    assert (finding.verdict, finding.text) == (Verdict.OK, text)


@pytest.mark.parametrize(
    ("exists", "free", "text"),
    [
        (True, 3_210_000_000, "logs: /home/a/log, writable, 3 GB free"),
        (False, 45_600_000, "logs: /home/a/log, can be made, 45 MB free"),
    ],
)
def test_a_usable_folder_says_how_much_room_there_is(
    exists: bool,  # noqa: FBT001 — a parameter of the table
    free: int,
    text: str,
) -> None:
    finding = folder_finding(FolderFound("logs", "/home/a/log", exists, free))
    assert (finding.verdict, finding.text, finding.next_step) == (Verdict.OK, text, "")


def test_little_room_is_a_warning() -> None:
    finding = folder_finding(FolderFound("logs", "/home/a/log", exists=True, free_bytes=19_000_000))
    assert finding.verdict is Verdict.WARNING
    assert finding.next_step


@pytest.mark.parametrize(
    ("fault", "verdict", "step"),
    [
        (FolderFault.REFUSED, Verdict.FAILED, "Make /home/a/log writable"),
        (FolderFault.NOT_OURS, Verdict.FAILED, "Make /home/a/log yours"),
        (FolderFault.OPEN_TO_OTHERS, Verdict.WARNING, "chmod 700 /home/a/log"),
    ],
)
def test_a_folder_with_a_fault_has_a_remedy(
    fault: FolderFault, verdict: Verdict, step: str
) -> None:
    folder = FolderFound("logs", "/home/a/log", True, 1, fault, "Read-only file system")  # noqa: FBT003 — it exists
    finding = folder_finding(folder)
    assert finding.verdict is verdict
    assert finding.text.startswith("logs: /home/a/log. ")
    assert step in finding.next_step
    assert ("Read-only" in finding.text) == (fault is FolderFault.REFUSED)
