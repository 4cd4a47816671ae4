"""How the icon looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from tray_app.core.settings import IconStyle
from tray_app.presentation import settings_choices as choices
from tray_app.presentation.icon_preview import example_icons
from tray_app.presentation.translation import tr
from tray_app.ui.choice_field import RadioField, SwitchField
from tray_app.ui.form_page import FormPage
from tray_app.ui.icon_painter import SIZES, icon_of

if TYPE_CHECKING:
    from tray_app.core.settings import Settings
    from tray_app.ui.settings_editor import SettingsEditor

_EXAMPLES: Final = 3


class IconPage(FormPage):
    """What the icon writes, with examples, and whether amounts are shown."""

    def __init__(self, editor: SettingsEditor) -> None:
        super().__init__()
        self._editor = editor
        self.style_choice = RadioField[IconStyle](
            [
                (IconStyle.DOLLARS, lambda: tr("&Dollars left")),
                (IconStyle.DAYS, lambda: tr("&Time left")),
                (IconStyle.LEVEL, lambda: tr("&Level only")),
            ]
        )
        self.preview = IconPreview()
        self.hides_amounts = SwitchField()
        self.add_row(lambda: tr("The icon shows:"), self.style_choice)
        self.add_widget_row(lambda: tr("Preview:"), self.preview)
        self.add_gap()
        self.add_switch(
            lambda: tr("&Hide all amounts"),
            self.hides_amounts,
            self.hides_amounts.check,
            hint=lambda: tr("For sharing the screen: no amount is shown anywhere."),
        )
        editor.bind(self.style_choice, choices.ICON_STYLE)
        editor.bind(self.hides_amounts, choices.HIDES_AMOUNTS)
        editor.refreshed.connect(self.show_preview)
        self.words(self.show_preview)

    def show_preview(self) -> None:
        """Paint the examples by the settings in force."""
        self.preview.show_settings(self._editor.configuration.accounts[0].settings)


class IconPreview(QWidget):
    """The icon of a healthy, a low and a critical balance, as the panel shows it."""

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self.fontMetrics().height())
        centred = Qt.AlignmentFlag.AlignHCenter
        self.pictures = [QLabel() for _ in range(_EXAMPLES)]
        self.captions = [QLabel() for _ in range(_EXAMPLES)]
        for column, (picture, caption) in enumerate(zip(self.pictures, self.captions, strict=True)):
            grid.addWidget(picture, 0, column, centred)
            grid.addWidget(caption, 1, column, centred)
        grid.setColumnStretch(_EXAMPLES, 1)

    def show_settings(self, settings: Settings) -> None:
        """Paint each example anew."""
        words = (tr("Healthy"), tr("Low"), tr("Critical"))
        side = max(size for size in SIZES if size <= max(SIZES[0], 2 * self.fontMetrics().height()))
        for picture, caption, spec, word in zip(
            self.pictures, self.captions, example_icons(settings), words, strict=True
        ):
            picture.setPixmap(icon_of(spec).pixmap(QSize(side, side), self.devicePixelRatioF()))
            picture.setAccessibleName(tr("Icon: {level}", level=word))
            picture.setAccessibleDescription(spec.text)
            caption.setText(word)
