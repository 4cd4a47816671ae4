"""The chart of the balance as a widget: hover and arrow keys read exact values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from tray_app.presentation.chart_layout import ChartLayout, layout_of
from tray_app.presentation.chart_readout import first_stop, last_stop, readout_at, stepped
from tray_app.presentation.chart_summary import chart_summary
from tray_app.presentation.history_wording import chart_message
from tray_app.presentation.icon_spec import UNKNOWN_FILL
from tray_app.presentation.translation import tr
from tray_app.ui.chart_look import ChartLook, look_of, metrics_of
from tray_app.ui.chart_painter import CORNER, paint_readout
from tray_app.ui.chart_picture import chart_picture
from tray_app.ui.spoken import say, set_role

if TYPE_CHECKING:
    from datetime import tzinfo

    from tray_app.presentation.chart_data import ChartData
    from tray_app.presentation.chart_readout import Readout
    from tray_app.presentation.icon_spec import Rgb

_LEAST_LINES: Final = 9
_USUAL_LINES: Final = 16
_USUAL_CHARACTERS: Final = 90


class BalanceChart(QWidget):
    """Shows what it was given last; nothing is placed or painted while nobody can see it."""

    def __init__(self, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self._data: ChartData | None = None
        self._failing = False
        self._accent: Rgb = UNKNOWN_FILL
        self._layout: ChartLayout | None = None
        self._is_placed = False
        self._picture: QPixmap | None = None
        self._cursor: float | None = None
        """Where the crosshair is asked for, in logical pixels."""
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_name())
        set_role(self, QAccessible.Role.Chart)
        line = self.fontMetrics().lineSpacing()
        self.setMinimumHeight(line * _LEAST_LINES)

    def show_data(self, data: ChartData | None, *, failing: bool) -> None:
        """Show the data, None while it is being read; ``failing`` where it cannot be."""
        if (data, failing) == (self._data, self._failing):
            return
        self._data, self._failing = data, failing
        self._forget_places()

    def set_accent(self, accent: Rgb) -> None:
        """Draw the balance in this colour, the icon's."""
        if accent != self._accent:
            self._accent = accent
            self._forget_picture()

    @property
    def readout(self) -> Readout | None:
        """What the crosshair reads, None without one."""
        layout = self._placed()
        if self._cursor is None or layout is None or self._data is None:
            return None
        return readout_at(self._data, layout, self._cursor, self._zone)

    def sizeHint(self) -> QSize:  # noqa: N802 — Qt's name
        """Return a size in which every range reads well."""
        metrics = self.fontMetrics()
        return QSize(
            metrics.averageCharWidth() * _USUAL_CHARACTERS, metrics.lineSpacing() * _USUAL_LINES
        )

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 — Qt's name and argument
        """Paint the chart, or in a sentence why there is none."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Whatever is painted on, the window's screen or a picture of it.
        painter.drawPixmap(0, 0, self._picture_for(painter.deviceTransform().m11()))
        layout, readout = self._placed(), self.readout
        if layout is not None and readout is not None:
            paint_readout(painter, readout, layout, self._look())
        if self.hasFocus():
            self._paint_focus(painter)
        painter.end()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 — Qt's name
        """Keep no picture that nobody sees."""
        super().hideEvent(event)
        self._picture = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 — Qt's name
        """Read what is below the pointer."""
        self._move_cursor(event.position().x())

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 — Qt's name
        """Read nothing any more."""
        super().leaveEvent(event)
        self._move_cursor(None)

    def event(self, event: QEvent) -> bool:
        """Keep Escape from closing the window as long as it has a crosshair to put away."""
        is_asked = event.type() == QEvent.Type.ShortcutOverride
        if is_asked and isinstance(event, QKeyEvent) and self._puts_cursor_away(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's name
        """Move the crosshair from reading to reading; Escape puts it away."""
        layout = self._placed()
        moved = None if layout is None else self._after_key(Qt.Key(event.key()), layout)
        if moved is not None:
            self._move_cursor(moved)
            self._say_readout()
        elif self._puts_cursor_away(event):
            self._move_cursor(None)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 — Qt's name
        """Show that the keyboard is here."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 — Qt's name
        """Put the crosshair away with the keyboard."""
        super().focusOutEvent(event)
        self._move_cursor(None)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's name
        """Place everything anew."""
        super().resizeEvent(event)
        self._forget_places()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 — Qt's name
        """Follow another font, palette or language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.setAccessibleName(_name())
            self._forget_places()
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.PaletteChange}:
            self._forget_places()

    def _puts_cursor_away(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Escape and self._cursor is not None

    def _after_key(self, key: Qt.Key, layout: ChartLayout) -> float | None:
        """Return where the crosshair goes with this key; None where the key is for others."""
        match key:
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                return stepped(layout, self._cursor, forward=key == Qt.Key.Key_Right)
            case Qt.Key.Key_PageUp | Qt.Key.Key_PageDown:
                forward = key == Qt.Key.Key_PageDown
                return stepped(layout, self._cursor, forward=forward, far=True)
            case Qt.Key.Key_Home:
                return first_stop(layout)
            case Qt.Key.Key_End:
                return last_stop(layout)
            case _:
                return None

    def _move_cursor(self, x: float | None) -> None:
        before, self._cursor = self.readout, x
        if self.readout != before:
            self.update()

    def _say_readout(self) -> None:
        readout = self.readout
        if readout is not None:
            say(self, readout.sentence)

    def _forget_places(self) -> None:
        self._is_placed = False
        self._forget_picture()

    def _forget_picture(self) -> None:
        self._picture = None
        self.update()

    def _picture_for(self, ratio: float) -> QPixmap:
        """Return all but the crosshair, painted once for each change, so that it moves at ease."""
        if self._picture is None or self._picture.devicePixelRatio() != ratio:
            message = chart_message(self._data, failing=self._failing)
            self._picture = chart_picture(self.size(), ratio, self._placed(), message, self._look())
        return self._picture

    def _placed(self) -> ChartLayout | None:
        """Return where everything lies, worked out once for each change."""
        if not self._is_placed:
            self._is_placed = True
            self._layout = self._place()
            self.setAccessibleDescription(self._description())
        return self._layout

    def _place(self) -> ChartLayout | None:
        if self._data is None:
            return None
        metrics = metrics_of(self._look().label)
        return layout_of(self._data, self.width(), self.height(), self._zone, metrics)

    def _description(self) -> str:
        if self._data is None or self._layout is None:
            return chart_message(self._data, failing=self._failing)
        return chart_summary(self._data, self._layout, self._zone)

    def _look(self) -> ChartLook:
        return look_of(self.palette(), self.font(), self._accent)

    def _paint_focus(self, painter: QPainter) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), CORNER - 1, CORNER - 1)


def _name() -> str:
    return tr("Chart of the balance")
