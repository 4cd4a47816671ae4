"""What dev.py needs of the system: which libraries and programs, which packages bring them.

`provide` looks for them and installs what is missing, or prints the line that does. `say` and `ran`
are how dev.py, too, speaks and runs commands. Standard library only.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import importlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class Need(NamedTuple):
    """Something of the system, and the packages of Debian and Arch that bring it.

    `name` is a library's soname, a program on PATH or with its path, a module of this Python, or a
    file with its path.
    RPM systems need no package name: their packages can be asked for by soname and by path.
    """

    kind: Literal["library", "program", "module", "file"]
    name: str
    debian: str
    arch: str


def libraries(*rows: tuple[str, str, str]) -> tuple[Need, ...]:
    """Name libraries as (soname, Debian package, Arch package)."""
    return tuple(Need("library", *row) for row in rows)


# Debian leaves ensurepip out of Python's own package; the package is named after this Python.
ENSUREPIP = Need(
    "module", "ensurepip", f"python{sys.version_info[0]}.{sys.version_info[1]}-venv", "python"
)
# What QtCore, QtGui, QtWidgets, QtDBus, QtNetwork and QtSvg link to (readelf -d over the wheel)
# beyond what Python and apt bring. On Debian fontconfig depends on a font.
QT = libraries(
    ("libEGL.so.1", "libegl1", "libglvnd"),
    ("libGL.so.1", "libgl1", "libglvnd"),
    ("libX11.so.6", "libx11-6", "libx11"),
    ("libbrotlidec.so.1", "libbrotli1", "brotli"),
    ("libdbus-1.so.3", "libdbus-1-3", "dbus"),
    ("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    ("libfreetype.so.6", "libfreetype6", "freetype2"),
    ("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
    ("libgthread-2.0.so.0", "libglib2.0-0", "glib2"),
    ("libgssapi_krb5.so.2", "libgssapi-krb5-2", "krb5"),
    ("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
)
# What the xcb platform plugin links to beyond QT.
X11 = libraries(
    ("libX11-xcb.so.1", "libx11-xcb1", "libx11"),
    ("libxcb.so.1", "libxcb1", "libxcb"),
    ("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    ("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    ("libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    ("libxcb-randr.so.0", "libxcb-randr0", "libxcb"),
    ("libxcb-render.so.0", "libxcb-render0", "libxcb"),
    ("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
    ("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
    ("libxcb-shm.so.0", "libxcb-shm0", "libxcb"),
    ("libxcb-sync.so.1", "libxcb-sync1", "libxcb"),
    ("libxcb-util.so.1", "libxcb-util1", "xcb-util"),
    ("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb"),
    ("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
)
# What the wayland platform plugin links to beyond QT.
WAYLAND = libraries(
    ("libwayland-client.so.0", "libwayland-client0", "wayland"),
    ("libwayland-cursor.so.0", "libwayland-cursor0", "wayland"),
)
DESKTOP = (
    Need("program", "Xvfb", "xvfb", "xorg-server-xvfb"),  # the X server
    Need("program", "dbus-daemon", "dbus", "dbus"),  # the session bus
    Need("program", "xfce4-panel", "xfce4-panel", "xfce4-panel"),  # the panel that shows the icon
    Need("program", "xfce4-session", "xfce4-session", "xfce4-session"),  # what logs in
    Need("program", "xfconf-query", "xfconf", "xfconf"),  # where the panel keeps its settings
    Need("program", "dunst", "dunst", "dunst"),  # shows the messages
    Need("program", "gnome-keyring-daemon", "gnome-keyring", "gnome-keyring"),  # Secret Service
    Need("program", "secret-tool", "libsecret-tools", "libsecret"),  # another user of the keyring
    Need("program", "xdotool", "xdotool", "xdotool"),  # clicks and types
    Need("program", "xclip", "xclip", "xclip"),  # shows what could be pasted
    Need("program", "dbus-monitor", "dbus-bin", "dbus"),  # sees the messages on the session bus
    # The bus on which screen readers find windows; not on PATH.
    Need("program", "/usr/libexec/at-spi-bus-launcher", "at-spi2-core", "at-spi2-core"),
    Need("program", "import", "imagemagick", "imagemagick"),  # takes pictures of the screen
    Need("program", "tinyproxy", "tinyproxy-bin", "tinyproxy"),  # a forward proxy
    Need("program", "microsocks", "microsocks", "microsocks"),  # a SOCKS proxy
    Need("program", "gsettings", "libglib2.0-bin", "glib2"),  # sets the desktop's proxy
    Need("program", "zsh", "zsh", "zsh"),  # completes what is typed
    Need("program", "fish", "fish", "fish"),  # likewise
    Need("program", "tmux", "tmux", "tmux"),  # shows the balance in its status line
    Need("program", "i3blocks", "i3blocks", "i3blocks"),  # likewise
    # Checks the entry for the start at login.
    Need("program", "desktop-file-validate", "desktop-file-utils", "desktop-file-utils"),
    Need("program", "faketime", "faketime", "libfaketime"),  # a clock that jumps
    Need("program", "ip", "iproute2", "iproute2"),  # networks that come and go
    # The portal that tells programs of it, and what it reads the setting with; neither on PATH.
    Need("program", "/usr/libexec/xdg-desktop-portal", "xdg-desktop-portal", "xdg-desktop-portal"),
    Need("program", "/usr/libexec/glib-pacrunner", "glib-networking", "glib-networking"),
    Need("program", "shellcheck", "shellcheck", "shellcheck"),  # reads the scripts of packages
    Need("program", "openssl", "openssl", "openssl"),  # names certificates as OpenSSL wants them
    # The font of the golden pictures with text; elsewhere they are not compared.
    Need(
        "file", "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "fonts-dejavu-core", "ttf-dejavu"
    ),
)
# What checks and builds packages in the tests. Packages for Linux and Windows are built on Debian;
# Arch has some of these in its users' repository alone.
PACKAGING = (
    Need("program", "man", "man-db", "man-db"),  # shows the manual page
    Need("program", "dpkg-parsechangelog", "dpkg-dev", "dpkg"),  # reads Debian's changelog
    Need("program", "appstreamcli", "appstream", "appstream"),  # checks the description
    Need("program", "mksquashfs", "squashfs-tools", "squashfs-tools"),  # makes the AppImage
    Need("program", "makensis", "nsis", "nsis"),  # makes Windows' setup program
    Need("program", "wixl", "wixl", "msitools"),  # makes the MSI
    Need("program", "msibuild", "msitools", "msitools"),  # gives it its properties
)
# What builds the tray in C++ that the benchmarks compare with.
CPP_TRAY = (
    Need("program", "cmake", "cmake", "cmake"),
    Need("program", "g++", "g++", "gcc"),
    # Its own place for each processor; only programs on PATH are looked for.
    Need("program", "/usr/lib/qt6/libexec/moc", "qt6-base-dev", "qt6-base"),
)

INSTALLERS: Mapping[str, tuple[str, ...]] = {
    "debian": ("apt-get update", "apt-get install --no-install-recommends"),
    "fedora": ("dnf install",),
    "suse": ("zypper install",),
    "arch": ("pacman -S --needed",),
}
"""The commands that install packages, by the word in os-release's ID or ID_LIKE."""
FAMILY_OF = {"ubuntu": "debian", "rhel": "fedora", "opensuse": "suse"} | {k: k for k in INSTALLERS}


def qt_needs(env: Mapping[str, str]) -> tuple[Need, ...]:
    """Name the libraries that Qt needs on this display: none without one, the view is text then."""
    if env.get("DISPLAY"):
        return QT + X11
    return QT + WAYLAND if env.get("WAYLAND_DISPLAY") else ()


def read_os_release() -> str:
    """Read the system's os-release, "" where there is none."""
    for path in (Path("/etc/os-release"), Path("/usr/lib/os-release")):
        with contextlib.suppress(OSError):
            return path.read_text(encoding="utf-8", errors="replace")
    return ""


def family_of(os_release: str) -> str | None:
    """Name the distribution's family, a key of INSTALLERS; None for one that is not known."""
    words = shlex.split(os_release, comments=True)
    fields = dict(word.split("=", 1) for word in words if "=" in word)
    names = [fields.get("ID", ""), *fields.get("ID_LIKE", "").split()]
    return next((FAMILY_OF[name] for name in names if name in FAMILY_OF), None)


def packages_for(needs: Iterable[Need], family: str) -> list[str]:
    """Name the packages of a family that bring these needs, each once, in order."""
    if family in ("debian", "arch"):
        names = [need.debian if family == "debian" else need.arch for need in needs]
    else:
        forms = {
            "library": "{}()(64bit)",
            "program": "/usr/bin/{}",
            "module": "python3",
            "file": "{}",
        }
        names = [
            need.name if need.name.startswith("/") else forms[need.kind].format(need.name)
            for need in needs
        ]
    return list(dict.fromkeys(names))


def install_line(needs: Sequence[Need], family: str, *, sudo: bool) -> str:
    """Write the line that installs these needs, ready to be pasted into a shell."""
    prefix = "sudo " if sudo else ""
    commands = " && ".join(prefix + command for command in INSTALLERS[family])
    return f"{commands} {shlex.join(packages_for(needs, family))}"


def is_present(need: Need) -> bool:
    """Look for the thing itself, so that it does not matter which package brought it."""
    if need.kind == "program":
        return shutil.which(need.name) is not None
    if need.kind == "file":
        return Path(need.name).exists()
    if need.kind == "module":
        importlib.invalidate_caches()
        return importlib.util.find_spec(need.name) is not None
    try:
        ctypes.CDLL(need.name)
    except OSError:
        return False
    return True


def say(text: str, end: str = "\n") -> None:
    """Tell the user on standard error: standard output is the program's and the tests'."""
    print(text, end=end, file=sys.stderr, flush=True)


def ran(label: str, command: Sequence[str], env: Mapping[str, str] | None = None) -> bool:
    """Run a command in the project's folder and tell whether it succeeded.

    It shows as one line with its seconds; its own output is shown only if it fails.
    """
    say(f"{label} ... ", end="")
    begun = time.monotonic()
    done = subprocess.run(
        command,
        cwd=Path(__file__).resolve().parent,
        env=env,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    outcome = "" if done.returncode == 0 else "failed after "
    say(f"{outcome}{time.monotonic() - begun:.1f} s")
    if done.returncode != 0:
        say(done.stdout.rstrip())
    return done.returncode == 0


@functools.cache
def refresh_package_lists() -> None:
    """Fetch apt's package lists once; whether that sufficed, the installation shows."""
    ran("Fetching the package lists", ("apt-get", "-q", "update"))


def provide(needs: Iterable[Need], *, essential: bool) -> None:
    """See that the system has these needs: install them where possible, else say how.

    Exits with 1 when something essential is still missing then.
    """
    missing = [need for need in needs if not is_present(need)]
    if not missing:
        return
    family = family_of(read_os_release())
    root = sys.platform != "win32" and os.geteuid() == 0
    if family == "debian" and root:
        refresh_package_lists()
        ran(
            f"Installing system packages: {' '.join(packages_for(missing, family))}",
            (
                *("apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=300"),
                *("install", "--no-install-recommends", *packages_for(missing, family)),
            ),
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        )
        missing = [need for need in missing if not is_present(need)]
        if not missing:
            return
    say(f"Missing from the system: {', '.join(need.name for need in missing)}")
    if family is not None:
        say(f"Install with:\n  {install_line(missing, family, sudo=not root)}")
    if essential:
        sys.exit(1)
    say("Going on without; the tests that need them are skipped.")
