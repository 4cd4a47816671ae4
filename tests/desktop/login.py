"""A login: Xfce's session manager starts whatever is to start then."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.desktop.bus import BusError, BusObject
from tests.desktop.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.desktop.session import DesktopSession

# The panel is all that the session itself brings along.
_BARE_SESSION: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-session" version="1.0">
  <property name="general" type="empty">
    <property name="FailsafeSessionName" type="string" value="Bare"/>
    <property name="SaveOnExit" type="bool" value="false"/>
  </property>
  <property name="sessions" type="empty">
    <property name="Bare" type="empty">
      <property name="IsFailsafe" type="bool" value="true"/>
      <property name="Count" type="int" value="1"/>
      <property name="Client0_Command" type="array">
        <value type="string" value="xfce4-panel"/>
        <value type="string" value="--disable-wm-check"/>
      </property>
      <property name="Client0_PerScreen" type="bool" value="false"/>
    </property>
  </property>
  <property name="startup" type="empty">
    <property name="ssh-agent" type="empty">
      <property name="enabled" type="bool" value="false"/>
    </property>
    <property name="gpg-agent" type="empty">
      <property name="enabled" type="bool" value="false"/>
    </property>
  </property>
</channel>
"""
_MANAGER: Final = BusObject(
    "org.xfce.SessionManager", "/org/xfce/SessionManager", "org.xfce.Session.Manager"
)
# The state after all entries were started, without a wait for any (xfce4-session 4.18).
_IDLE: Final = 1
_TIMEOUT: Final = 20.0


def prepare_login(desktop: DesktopSession) -> None:
    """Describe the session, whose panel shows tray icons, and start the server of its settings."""
    config = Path(desktop.environ["XDG_CONFIG_HOME"])
    _hide_machines_entries(config / "autostart")
    folder = config / "xfce4/xfconf/xfce-perchannel-xml"
    folder.mkdir(parents=True)
    (folder / "xfce4-session.xml").write_text(_BARE_SESSION, encoding="utf-8")
    # It reads its files once.
    desktop.start_settings()


@contextmanager
def logged_in(desktop: DesktopSession) -> Iterator[None]:
    """Log in, wait until everything was started, and at the end log out: all of it is ended."""
    session = desktop.start(["xfce4-session"])
    try:
        wait_for(lambda: _has_started(desktop), _TIMEOUT, "the session has started everything")
        yield
    finally:
        session.end()
        wait_for(
            lambda: not desktop.bus.has_owner(_MANAGER.name), _TIMEOUT, "the session has ended"
        )


def _hide_machines_entries(folder: Path) -> None:
    """Keep out what this machine starts for all users, in the way in which users do it."""
    folder.mkdir(parents=True)
    for entry in Path("/etc/xdg/autostart").glob("*.desktop"):
        (folder / entry.name).write_text(
            "[Desktop Entry]\nType=Application\nName=hidden\nExec=true\nHidden=true\n",
            encoding="utf-8",
        )


def _has_started(desktop: DesktopSession) -> bool:
    if not desktop.bus.has_owner(_MANAGER.name):
        return False
    try:
        (state,) = desktop.bus.call(_MANAGER, "GetState")
    except BusError:
        # The name is taken a moment before the object stands.
        return False
    return bool(state == _IDLE)
