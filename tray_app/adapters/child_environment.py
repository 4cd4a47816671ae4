"""What programs of the user's are started with: environment and open files."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

_KEY_VARIABLE: Final = "NOVITA_API_KEY"
# PyInstaller's start program puts its own folder into these and keeps what was there before
# beside it, under the name with this end (pyinstaller.org, "LD_LIBRARY_PATH / LIBPATH
# considerations"). With our libraries another program might not start at all.
_LIBRARY_PATHS: Final = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LIBPATH")
_KEPT_AS: Final = "_ORIG"
_LOADERS: Final = "_PYI_"
# Its start-up code for Qt sets these, too, and Qt finds our own folder without.
_OURS_ALONE: Final = ("QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "QML2_IMPORT_PATH")
# docs (AppImage, "Environment variables"): how the image was started, and where. With the first one
# zsh gives its name to all that it starts.
_OF_THIS_START: Final = ("ARGV0", "OWD")
_STANDARD_STREAMS: Final = 3


def child_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for a program that is not part of this one: without the API key."""
    return {name: value for name, value in environ.items() if name != _KEY_VARIABLE}


def give_back_library_paths(environ: MutableMapping[str, str]) -> None:
    """Undo what the start of a packaged program did to its environment.

    Whatever is started from then on, by Qt as well, gets the user's own. This process has its
    libraries already: the loader reads these variables once.
    """
    for name in _LIBRARY_PATHS:
        before = environ.pop(f"{name}{_KEPT_AS}", None)
        environ.pop(name, None)
        if before:
            environ[name] = before
    for name in [name for name in environ if name in _OURS_ALONE or name.startswith(_LOADERS)]:
        del environ[name]


def give_back_image(environ: MutableMapping[str, str]) -> None:
    """Undo what the start of an AppImage did beyond that; nothing where this is none.

    The image stays mounted as long as anybody has a pipe open that its runtime handed to this
    process: a browser that is started from here would hold it until its own end. What the autostart
    needs, APPIMAGE and APPDIR, stays.
    """
    if "APPIMAGE" not in environ:
        return
    for name in _OF_THIS_START:
        environ.pop(name, None)
    for number in map(int, os.listdir("/proc/self/fd")):  # noqa: PTH208 — numbers, no paths
        if number >= _STANDARD_STREAMS:
            # The listing's own is closed by now.
            with contextlib.suppress(OSError):
                os.set_inheritable(number, False)  # noqa: FBT003 — positional only
