"""By which proxy Novita is asked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from tray_app.core.configuration import ProxyChoice, ProxyKind
from tray_app.presentation.settings_entries import example_proxy_address, proxy_address_of
from tray_app.presentation.translation import tr
from tray_app.ui.choice_field import ListField
from tray_app.ui.entry_field import EntryField
from tray_app.ui.setting_field import SettingField
from tray_app.ui.spoken import set_echo_mode


class ProxyField(SettingField[ProxyChoice]):
    """A list, and a line for an address; without a valid one the choice before stays in force."""

    def __init__(self) -> None:
        super().__init__()
        self._value = ProxyChoice()
        self.kinds = ListField[ProxyKind]()
        self.kinds.entered.connect(self.on_kind)
        self.address = EntryField[str](proxy_address_of, str)
        self.address.entered.connect(self.on_address)
        self.address.line.installEventFilter(self)
        self.address.line.textChanged.connect(self.on_text)
        self.fault = self.address.fault
        self._row.addWidget(self.kinds)
        self._row.addWidget(self.address, 1)
        self._row.addStretch()
        self._show()
        self.setFocusProxy(self.kinds)

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """List and line."""
        return (*self.kinds.controls, *self.address.controls)

    def describe(self, name: str, description: str) -> None:
        """Write the words of its parts anew as well."""
        self.kinds.offer(
            [
                (ProxyKind.SYSTEM, tr("System default")),
                (ProxyKind.NONE, tr("No proxy")),
                (ProxyKind.ADDRESS, tr("Address")),
            ]
        )
        self.kinds.describe(name, description)
        self.address.line.setPlaceholderText(example_proxy_address())
        self.address.describe(tr("Address of the proxy"), "")

    def show_value(self, value: ProxyChoice) -> None:
        """Show it, unless an address is still being looked for."""
        same = value == self._value
        self._value = value
        if same and self._awaits_address():
            return
        self._show()

    def settle(self) -> None:
        """Hand on an address that was typed."""
        if self._asks_for_address():
            self.address.settle()

    def restore(self) -> None:
        """Show what is in force."""
        self.address.restore()
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 — Qt's name
        """Show an address with a log-in only while it is being worked on."""
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self._hide_log_in(away=event.type() is QEvent.Type.FocusOut)
        return super().eventFilter(watched, event)

    @Slot(object)
    def on_kind(self, kind: ProxyKind) -> None:
        """Take it, or ask for the address that belongs to it."""
        self.address.setVisible(kind is ProxyKind.ADDRESS)
        if kind is not ProxyKind.ADDRESS:
            self.address.show_fault("")
            self.entered.emit(ProxyChoice(kind))
        elif self.address.line.text():
            self.address.take(anew=True)
        else:
            self.address.setFocus()

    @Slot(object)
    def on_address(self, address: str) -> None:
        """Take the address."""
        self.entered.emit(ProxyChoice(ProxyKind.ADDRESS, address))

    @Slot()
    def on_text(self) -> None:
        """Hide a log-in that was put there by another hand."""
        self._hide_log_in(away=not self.address.line.hasFocus())

    def _awaits_address(self) -> bool:
        return self._asks_for_address() and self._value.kind is not ProxyKind.ADDRESS

    def _asks_for_address(self) -> bool:
        return not self.address.isHidden()

    def _show(self) -> None:
        self.kinds.show_value(self._value.kind)
        self.address.setVisible(self._value.kind is ProxyKind.ADDRESS)
        if self._value.kind is ProxyKind.ADDRESS:
            self.address.show_value(self._value.address)

    def _hide_log_in(self, *, away: bool) -> None:
        line = self.address.line
        hides = away and "@" in line.text()
        mode = QLineEdit.EchoMode.Password if hides else QLineEdit.EchoMode.Normal
        if line.echoMode() is not mode:
            set_echo_mode(line, mode)
