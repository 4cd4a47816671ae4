"""What the doctor says about program, system, display, tray and folders."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Final, assert_never

from tray_app.core.checkup import FolderFault, TrayHost
from tray_app.presentation.finding import Finding, Verdict

if TYPE_CHECKING:
    from tray_app.core.checkup import (
        DisplayFound,
        FolderFound,
        InstanceFound,
        SoftwareFound,
        SystemFound,
        TrayFound,
    )

_MEGABYTE: Final = 10**6
_GIGABYTE: Final = 10**9
_LITTLE_SPACE: Final = 20 * _MEGABYTE


def program_finding(software: SoftwareFound) -> Finding:
    """Return which program runs on which Python."""
    text = f"novita-tray {software.program}, Python {software.python}"
    return Finding("program", Verdict.OK, text)


def libraries_finding(software: SoftwareFound) -> Finding:
    """Return the libraries' versions, and whether they can work together."""
    versions = dict(software.packages)
    text = ", ".join(
        [f"{name} {version or 'missing'}" for name, version in versions.items()]
        + [software.openssl]
    )
    if None in versions.values():
        step = "Install novita-tray anew, with all that it needs"
        return Finding("libraries", Verdict.FAILED, text, step)
    if _aborts(software.python, versions.get("PySide6") or ""):
        return Finding(
            "libraries",
            Verdict.FAILED,
            f"{text}. This PySide6 aborts on this Python",
            "Install PySide6-Essentials 6.11, or use Python 3.12 or later",
        )
    return Finding("libraries", Verdict.OK, text)


def _aborts(python: str, pyside: str) -> bool:
    """Return whether emits abort the program after some 570 (measured on 6.12.0 and 3.11)."""
    return python.startswith("3.11.") and pyside.startswith("6.12.")


def system_finding(system: SystemFound) -> Finding:
    """Return the system and the session, which are as they are."""
    session = " on ".join(filter(None, (system.desktop, system.session_type)))
    return Finding("system", Verdict.OK, ", ".join(filter(None, (system.name, session))))


def display_finding(display: DisplayFound) -> Finding:
    """Return whether windows can be opened."""
    if display.missing is not None:
        return Finding(
            "display",
            Verdict.FAILED,
            display.missing.removesuffix("."),
            "Start it in a desktop session; elsewhere there is: novita-tray balance",
        )
    if display.plugin_fault is not None:
        return Finding(
            "display",
            Verdict.FAILED,
            f"Qt cannot use it: {display.plugin_fault}",
            "Install that library (on Debian and Ubuntu, libxcb-cursor.so.0 is in libxcb-cursor0)",
        )
    shown_at = f" on {display.shown_at}" if display.shown_at else ""
    return Finding("display", Verdict.OK, f"Windows can be opened{shown_at}")


def tray_finding(tray: TrayFound, display: DisplayFound, desktop: str) -> Finding:
    """Return who shows the icon; ``desktop`` is what the session calls itself."""
    if display.missing is not None:
        return Finding("tray", Verdict.SKIPPED, "Not looked for: there is no display")
    match tray.host:
        case TrayHost.SYSTEM:
            return Finding("tray", Verdict.OK, "The system shows tray icons")
        case TrayHost.STATUS_NOTIFIER | TrayHost.XEMBED:
            return Finding("tray", Verdict.OK, f"A panel shows tray icons ({tray.host.value})")
        case TrayHost.NONE:
            return _no_tray(tray, desktop)
        case _:
            assert_never(tray.host)


def _no_tray(tray: TrayFound, desktop: str) -> Finding:
    if not tray.bus_answers:
        return Finding(
            "tray",
            Verdict.FAILED,
            "No panel shows tray icons, and the session bus does not answer",
            "Start it inside the desktop session, where DBUS_SESSION_BUS_ADDRESS is set",
        )
    if "gnome" in desktop.lower():
        step = (
            "Install and switch on the GNOME extension "
            '"AppIndicator and KStatusNotifierItem Support"'
        )
    else:
        step = "Add the status tray or notification area to a panel"
    return Finding("tray", Verdict.FAILED, "No panel shows tray icons", step)


def instance_finding(instance: InstanceFound) -> Finding:
    """Return whether a tray runs already, which is as it is: a second start shows the first."""
    if not instance.runs:
        return Finding("running", Verdict.OK, "No tray runs now")
    process = "" if instance.process_id is None else f" (process {instance.process_id})"
    return Finding("running", Verdict.OK, f"A tray runs{process}")


def folder_finding(folder: FolderFound) -> Finding:
    """Return whether one folder takes the program's files and nobody else sees them."""
    path = folder.path
    match folder.fault:
        case None:
            return _usable_folder(folder)
        case FolderFault.REFUSED:
            verdict, text = Verdict.FAILED, f"No file can be written: {folder.system_said}"
            step = f"Make {path} writable, or name another place in NOVITA_TRAY_HOME"
        case FolderFault.NOT_OURS:
            verdict, text = Verdict.FAILED, "It belongs to another user"
            step = f"Make {path} yours, or name another place in NOVITA_TRAY_HOME"
        case FolderFault.OPEN_TO_OTHERS:
            verdict, text = Verdict.WARNING, "Others can look into it"
            step = f"The tray closes it when it starts; or now: chmod 700 {path}"
        case _:
            assert_never(folder.fault)
    return Finding("folder", verdict, f"{folder.purpose}: {path}. {text}", step)


def _usable_folder(folder: FolderFound) -> Finding:
    state = "writable" if folder.exists else "can be made"
    text = f"{folder.purpose}: {folder.path}, {state}, {_size(folder.free_bytes)} free"
    if folder.free_bytes < _LITTLE_SPACE:
        step = f"Free some space where {PurePath(folder.path).name} is"
        return Finding("folder", Verdict.WARNING, text, step)
    return Finding("folder", Verdict.OK, text)


def _size(count: int) -> str:
    return f"{count // _GIGABYTE} GB" if count >= _GIGABYTE else f"{count // _MEGABYTE} MB"
