"""The environment that a program of the user's is started with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEY_VARIABLE: Final = "NOVITA_API_KEY"
# PyInstaller's start program puts its own folder into these and keeps what was there before
# beside it, under the name with this end (pyinstaller.org, "LD_LIBRARY_PATH / LIBPATH
# considerations"). With our libraries another program might not start at all.
_LIBRARY_PATHS: Final = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LIBPATH")
_KEPT_AS: Final = "_ORIG"
# What Qt looks for in our own folder.
_OURS_ALONE: Final = ("QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH")


def child_environment(environ: Mapping[str, str], *, frozen: bool) -> dict[str, str]:
    """Return the environment for a program that is not part of this one.

    Without the API key; where this program is ``frozen`` (one file with its own Python and Qt)
    also without the ways to its own libraries.
    """
    kept = {name: value for name, value in environ.items() if name != _KEY_VARIABLE}
    if not frozen:
        return kept
    for name in _LIBRARY_PATHS:
        before = kept.pop(f"{name}{_KEPT_AS}", None)
        kept.pop(name, None)
        if before:
            kept[name] = before
    for name in _OURS_ALONE:
        kept.pop(name, None)
    return {name: value for name, value in kept.items() if not name.startswith("_PYI_")}
