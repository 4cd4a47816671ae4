"""Settings of the program as a whole."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal, Slot

from tray_app.core.configuration import Language
from tray_app.core.settings import LONGEST_INTERVAL, SHORTEST_INTERVAL
from tray_app.presentation import settings_choices as choices
from tray_app.presentation.settings_entries import minutes_unit
from tray_app.presentation.translation import tr
from tray_app.ui.choice_field import ListField, SwitchField
from tray_app.ui.form_page import FormPage
from tray_app.ui.hint_label import HintLabel
from tray_app.ui.proxy_field import ProxyField
from tray_app.ui.span_field import SpanField

if TYPE_CHECKING:
    from tray_app.presentation.autostart_state import AutostartState
    from tray_app.ui.settings_editor import SettingsEditor

_MINUTE: Final = timedelta(minutes=1)
_LETTERS_OF_LANGUAGE: Final = 12
"""As wide as the longest choice, whose letters are narrower than the one that is counted by."""


class GeneralPage(FormPage):
    """How often Novita is asked, and how; the language; the start at login."""

    autostart_wanted = Signal(bool)

    def __init__(self, editor: SettingsEditor) -> None:
        super().__init__()
        self.interval = SpanField(_MINUTE, minutes_unit, SHORTEST_INTERVAL, LONGEST_INTERVAL)
        self.language = ListField[Language]()
        # Else the name of Chinese has two fonts mapped, 5 MB, before anybody opens the list.
        self.language.keep_width(_LETTERS_OF_LANGUAGE)
        self.autostart = SwitchField()
        self.autostart.setEnabled(False)
        self.autostart.entered.connect(self.on_autostart)
        self.autostart_note = HintLabel()
        self.proxy = ProxyField()
        self.words(self._say_languages)
        self.add_row(lambda: tr("&Refresh every:"), self.interval)
        self.add_row(lambda: tr("&Language:"), self.language)
        self.add_row(lambda: tr("&Proxy:"), self.proxy)
        self.add_switch(lambda: tr("&Start at login"), self.autostart, self.autostart.check)
        self._note_row = self.add_widget_row(str, self.autostart_note)
        self.set_row_shown(self._note_row, shown=False)
        editor.bind(self.interval, choices.REFRESH_INTERVAL)
        editor.bind(self.language, choices.LANGUAGE)
        editor.bind(self.proxy, choices.PROXY)

    def show_autostart(self, state: AutostartState) -> None:
        """Show what the system's entry says."""
        self.autostart.show_value(state.is_on)
        self.autostart.setEnabled(state.can_change)
        self.autostart_note.setText(state.note)
        self.set_row_shown(self._note_row, shown=bool(state.note))
        self.autostart.describe(self.autostart.check.accessibleName(), state.note)

    @Slot(object)
    def on_autostart(self, wanted: bool) -> None:  # noqa: FBT001 — a signal's argument
        """Ask for it; what came of it is shown by show_autostart."""
        self.autostart_wanted.emit(wanted)

    def _say_languages(self) -> None:
        self.language.offer(
            [
                (Language.SYSTEM, tr("System default")),
                # Each in its own words, for whoever reads no other.
                (Language.ENGLISH, "English"),
                (Language.CHINESE, "简体中文"),
            ]
        )
