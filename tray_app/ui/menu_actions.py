"""The menu's rows as actions that stay what they are while others come and go."""

from __future__ import annotations

from itertools import takewhile
from typing import assert_never

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from tray_app.presentation.tray_menu import MenuGroup, MenuItem, MenuRow, MenuSeparator
from tray_app.ui.panel import underscores_mark_mnemonics

_Rows = tuple[MenuItem, ...]


class MenuActions:
    """Fills a menu with rows, and knows which row an action is."""

    def __init__(self, menu: QMenu) -> None:
        self._menu = menu
        self._shown: _Rows = ()
        self._rows: dict[QAction, MenuRow] = {}
        self._escapes_underscores = False

    def row_of(self, action: QAction) -> MenuRow | None:
        """Return the row that says something when it is chosen; None for any other."""
        return self._rows.get(action)

    def take_panel(self) -> None:
        """Write the rows as the panel that is there now reads them."""
        self._escapes_underscores = underscores_mark_mnemonics()
        self.show(self._shown)

    def show(self, rows: _Rows) -> None:
        """Change what differs: a row that stays keeps its action, and an open menu stays open.

        A panel names the row that was clicked by its action. Were all of them made anew, a click
        at that moment would be lost.
        """
        before, self._shown = self._shown, rows
        actions = self._menu.actions()
        head = _same_kinds(before, rows)
        tail = _same_kinds(before[head:][::-1], rows[head:][::-1])
        for action in actions[head : len(before) - tail]:
            self._menu.removeAction(action)
            self._forget(action)
        made = [self._made_action(row) for row in rows[head : len(rows) - tail]]
        if tail:
            self._menu.insertActions(actions[len(before) - tail], made)
        else:
            self._menu.addActions(made)
        for action, row in zip(self._menu.actions(), rows, strict=True):
            if not isinstance(row, MenuSeparator) and action.text() != self._menu_text(row):
                action.setText(self._menu_text(row))

    def _made_action(self, row: MenuItem) -> QAction:
        action = QAction(self._menu)
        if isinstance(row, MenuSeparator):
            action.setSeparator(True)
            return action
        action.setText(self._menu_text(row))
        if isinstance(row, MenuGroup):
            group = QMenu(self._menu)
            group.addActions([self._made_action(each) for each in row.rows])
            action.setMenu(group)
        elif row.command is None:
            action.setEnabled(False)
        else:
            self._rows[action] = row
        return action

    def _forget(self, action: QAction) -> None:
        group = action.menu()
        if isinstance(group, QMenu):
            for each in group.actions():
                self._forget(each)
            group.deleteLater()
        self._rows.pop(action, None)
        action.deleteLater()

    def _menu_text(self, row: MenuRow | MenuGroup) -> str:
        """Return the text so that none of its signs is taken for a mnemonic's mark."""
        text = row.text.replace("&", "&&")
        return text.replace("_", "__") if self._escapes_underscores else text


def _same_kinds(before: _Rows, rows: _Rows) -> int:
    """Return how many rows from the first on are of the same kind."""
    pairs = zip(before, rows, strict=False)
    return sum(1 for _ in takewhile(lambda pair: _kind(pair[0]) == _kind(pair[1]), pairs))


def _kind(row: MenuItem) -> object:
    match row:
        case MenuRow(_, command, account):
            return command, account
        case MenuGroup(_, rows):
            # Its rows stay as they were made.
            return rows
        case MenuSeparator():
            return MenuSeparator
        case _:
            assert_never(row)
