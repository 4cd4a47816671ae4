"""Whether the system's network service answers, before Qt asks it without a limit."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import Final

_LIMIT: Final = timedelta(seconds=1)
_NETWORK_MANAGER: Final = "org.freedesktop.NetworkManager"


def network_service_is_quick(limit: timedelta = _LIMIT) -> bool:
    """Return whether Qt's plug-ins can be loaded without waiting for a NetworkManager that hangs.

    Blocks for some ``limit`` at most once the bus answers. Without a system bus or a
    NetworkManager there is nobody to wait for.
    """
    if sys.platform != "linux":
        return True
    # jeepney is installed on Linux alone.
    from tray_app.adapters.session_bus import (  # noqa: PLC0415 — see above
        BusObject,
        NoAnswerError,
        NoBusError,
        SessionBus,
    )

    try:
        with SessionBus(limit, is_system=True) as bus:
            if not bus.has_owner(_NETWORK_MANAGER):
                return True
            # Each program on a bus answers this.
            bus.call(BusObject(_NETWORK_MANAGER, "/", "org.freedesktop.DBus.Peer"), "Ping")
    except NoBusError:
        return True
    except NoAnswerError:
        return False
    return True
