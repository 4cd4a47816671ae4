"""The owner of a selection on the X server: how the older trays (XEmbed) make themselves known.

Asked through libxcb, which Qt needs anyway; functions and replies as in X.Org's xproto.h.
"""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_TRAY_SELECTION: Final = "_NET_SYSTEM_TRAY_S{screen}"


class _Cookie(ctypes.Structure):
    """A question under way."""

    _fields_ = (("sequence", ctypes.c_uint),)


class _Reply(ctypes.Structure):
    """How both replies begin; ``value`` is the atom, or the window that owns the selection."""

    _fields_ = (
        ("response_type", ctypes.c_uint8),
        ("pad", ctypes.c_uint8),
        ("sequence", ctypes.c_uint16),
        ("length", ctypes.c_uint32),
        ("value", ctypes.c_uint32),
    )


def has_xembed_tray(display: str) -> bool:
    """Return whether a program on the display's screen takes tray icons as windows.

    False, too, where no X server answers. Blocks as long as the server hangs.
    """
    try:
        xcb, libc = ctypes.CDLL("libxcb.so.1"), ctypes.CDLL(None)
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    libc.free.argtypes = (ctypes.c_void_p,)
    screen = ctypes.c_int()
    connection = ctypes.c_void_p(xcb.xcb_connect(display.encode(), ctypes.byref(screen)))
    try:
        if xcb.xcb_connection_has_error(connection):
            return False
        name = _TRAY_SELECTION.format(screen=screen.value).encode()
        if_it_exists = ctypes.c_uint8(1)
        xcb.xcb_intern_atom.restype = xcb.xcb_get_selection_owner.restype = _Cookie
        asked = xcb.xcb_intern_atom(connection, if_it_exists, ctypes.c_uint16(len(name)), name)
        atom = _value(xcb.xcb_intern_atom_reply, libc.free, connection, asked)
        if not atom:
            return False
        asked = xcb.xcb_get_selection_owner(connection, ctypes.c_uint32(atom))
        return bool(_value(xcb.xcb_get_selection_owner_reply, libc.free, connection, asked))
    finally:
        xcb.xcb_disconnect(connection)


def _value(
    reply_to: Any,  # noqa: ANN401 — ctypes has no public type for a foreign function
    free: Callable[[object], object],
    connection: ctypes.c_void_p,
    question: _Cookie,
) -> int:
    """Wait for a reply and return its value, 0 where the server left."""
    reply_to.restype = ctypes.POINTER(_Reply)
    reply = reply_to(connection, question, None)
    if not reply:
        return 0
    value = int(reply.contents.value)
    free(reply)
    return value
