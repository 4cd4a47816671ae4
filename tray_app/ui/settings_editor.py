"""The configuration that the settings window shows, and the fields that change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from tray_app.core.configuration import Configuration
from tray_app.presentation.settings_entries import InvalidEntryError

if TYPE_CHECKING:
    from tray_app.presentation.settings_choices import Choice
    from tray_app.ui.setting_field import SettingField

_T = TypeVar("_T")


class Binding(QObject):
    """A field that shows and changes what a choice reads and changes."""

    def __init__(
        self, editor: SettingsEditor, field: SettingField[Any], choice: Choice[Any]
    ) -> None:
        super().__init__(editor)
        self._editor = editor
        self.field, self.choice = field, choice
        field.entered.connect(self.on_entered)

    @Slot(object)
    def on_entered(self, value: object) -> None:
        """Have the value tried."""
        self._editor.enter(self, value)


class SettingsEditor(QObject):
    """Each field is bound to one choice; a change of any is a new configuration."""

    changed = Signal(object)
    """The Configuration that the user's edit made."""
    refreshed = Signal()
    """Something else is shown from now on, whoever changed it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._bindings: list[Binding] = []
        self._configuration = Configuration()
        self._account = self._configuration.accounts[0].name

    @property
    def configuration(self) -> Configuration:
        """What is in force."""
        return self._configuration

    @property
    def account(self) -> str:
        """The name of the account whose settings are shown."""
        return self._account

    def bind(self, field: SettingField[_T], choice: Choice[_T]) -> None:
        """Let the field show and change what the choice reads and changes."""
        self._bindings.append(Binding(self, field, choice))

    def show(self, configuration: Configuration) -> None:
        """Show what is in force by another hand; nothing is emitted but ``refreshed``."""
        self._configuration = configuration
        if configuration.account(self._account) is None:
            self._choose_first()
        self._refresh()

    def choose_account(self, name: str) -> None:
        """Show another account's settings; what was typed for the one before is finished."""
        if name == self._account:
            return
        self.settle()
        self._account = name
        for binding in self._bindings:
            binding.field.restore()
        self._refresh()

    def apply(self, configuration: Configuration) -> None:
        """Take what the user changed."""
        if configuration == self._configuration:
            return
        self._configuration = configuration
        if configuration.account(self._account) is None:
            self._choose_first()
        self._refresh()
        self.changed.emit(configuration)

    def enter(self, binding: Binding, value: object) -> None:
        """Take a value that was entered, or say in its field why it cannot be."""
        try:
            changed = binding.choice.change(self._configuration, self._account, value)
        except InvalidEntryError as error:
            binding.field.show_fault(str(error))
            return
        self.apply(changed)
        for other in self._bindings:
            if other is not binding:
                other.field.take_again()

    def settle(self) -> None:
        """Take whatever is half typed as finished."""
        for binding in self._bindings:
            binding.field.settle()

    def restore(self) -> None:
        """Forget what was typed and refused."""
        for binding in self._bindings:
            binding.field.restore()

    def _choose_first(self) -> None:
        self._account = self._configuration.accounts[0].name
        self.restore()

    def _refresh(self) -> None:
        for binding in self._bindings:
            binding.field.show_value(binding.choice.read(self._configuration, self._account))
        self.refreshed.emit()
