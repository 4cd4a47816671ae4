"""The configuration of the panel on which the tests look at the icon."""

from __future__ import annotations

import configparser
import os
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterator

XFCONF: Final = "org.xfce.Xfconf"


class PanelTheme(Enum):
    """The panel's plain background, as red, green and blue from 0 to 255."""

    DARK = (0x24, 0x24, 0x24)
    LIGHT = (0xF2, 0xF2, 0xF2)


@dataclass(frozen=True, slots=True)
class PanelSpec:
    """One panel along the top edge that holds the tray alone; sizes in pixels."""

    theme: PanelTheme = PanelTheme.DARK
    height: int = 32
    icon_size: int = 24


def write_panel_config(config_home: Path, spec: PanelSpec) -> None:
    """Write ``spec`` where xfconfd reads the panel's channel at its start."""
    folder = config_home / "xfce4/xfconf/xfce-perchannel-xml"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "xfce4-panel.xml").write_text(_panel_xml(spec), encoding="utf-8")


def xfconfd_path() -> str | None:
    """Return the path of xfconf's server, which is not on ``PATH``; ``None`` when not installed."""
    folders = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    file_name = f"dbus-1/services/{XFCONF}.service"
    service = configparser.ConfigParser(interpolation=None)
    service.read([Path(folder) / file_name for folder in folders.split(":")], encoding="utf-8")
    return service.get("D-BUS Service", "Exec", fallback=None)


def _panel_xml(spec: PanelSpec) -> str:
    rgba = [*(channel / 255 for channel in spec.theme.value), 1.0]
    panel = [
        _leaf("position", "string", "p=6;x=0;y=0"),
        _leaf("position-locked", "bool", "true"),
        _leaf("length", "uint", "100"),
        _leaf("size", "uint", str(spec.height)),
        _leaf("icon-size", "uint", str(spec.icon_size)),
        # 1: a plain colour, not the theme's background.
        _leaf("background-style", "uint", "1"),
        _array("background-rgba", "double", (f"{part:.6f}" for part in rgba)),
        _array("plugin-ids", "int", ["1"]),
    ]
    tray = [
        _leaf("icon-size", "uint", str(spec.icon_size)),
        _leaf("square-icons", "bool", "true"),
        _leaf("single-row", "bool", "true"),
        _leaf("hide-new-items", "bool", "false"),
        _leaf("symbolic-icons", "bool", "false"),
    ]
    rows = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<channel name="xfce4-panel" version="1.0">',
        _leaf("configver", "int", "2"),
        '<property name="panels" type="array">',
        '<value type="int" value="1"/>',
        _leaf("dark-mode", "bool", str(spec.theme is PanelTheme.DARK).lower()),
        '<property name="panel-1" type="empty">',
        *panel,
        "</property>",
        "</property>",
        '<property name="plugins" type="empty">',
        '<property name="plugin-1" type="string" value="systray">',
        *tray,
        "</property>",
        "</property>",
        "</channel>",
    ]
    return "\n".join(rows) + "\n"


def _leaf(name: str, kind: str, value: str) -> str:
    return f'<property name="{name}" type="{kind}" value={quoteattr(value)}/>'


def _array(name: str, kind: str, values: list[str] | Iterator[str]) -> str:
    items = "".join(f'<value type="{kind}" value={quoteattr(value)}/>' for value in values)
    return f'<property name="{name}" type="array">{items}</property>'
