"""Every window and box that a user may see, filled as full as it gets.

Made anew for each test: :data:`EVERY_WINDOW` holds by name what makes it. A new window joins by a
function and a line there, and so is looked through for untranslated and for clipped text.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtWidgets import QMessageBox, QWidget

from tests.core.samples import usd
from tests.presentation.chart_samples import BERLIN, DAY, HOUR, NOW, one_month, runs_out
from tray_app.core.account_state import AccountState
from tray_app.core.autostart import AutostartDiskFull
from tray_app.core.configuration import Account, Configuration, ProxyChoice, ProxyKind
from tray_app.core.history import TopUp
from tray_app.core.history_problem import HistoryDiskFull
from tray_app.core.level import Level
from tray_app.core.outlook import Outlook
from tray_app.core.problem import ConnectionFault, NoKey, Offline, ProxyFailed, ProxyFault
from tray_app.core.reading import BalanceReading
from tray_app.core.runway import Lasting
from tray_app.core.settings import Settings
from tray_app.core.settings_problem import SettingsNotToml
from tray_app.core.spent_by_day import SpentByDay
from tray_app.presentation.autostart_state import autostart_state
from tray_app.presentation.details_view import details_of
from tray_app.presentation.history_wording import export_news
from tray_app.presentation.problem_wording import Surface, problem_sentence
from tray_app.presentation.settings_wording import settings_problem_text
from tray_app.presentation.source import Source
from tray_app.presentation.tray_view import OwnState, TrayView, present
from tray_app.presentation.wording import Mishap, about_key_text, about_text
from tray_app.ui.boxes import about_box, no_browser_box, no_file_manager_box
from tray_app.ui.details_window import DetailsWindow
from tray_app.ui.first_start import FirstStart
from tray_app.ui.history_dialogs import HistoryDialogs
from tray_app.ui.key_dialog import KeyDialog
from tray_app.ui.settings_dialog import SettingsDialog

if TYPE_CHECKING:
    from collections.abc import Callable

_Parent = TypeVar("_Parent", bound=QWidget)

FULL_READING: Final = BalanceReading(
    usd("11234.5"),
    NOW,
    cash=usd("11232.5"),
    credit_limit=usd("2"),
    pending_charges=usd("0.0021"),
    outstanding_invoices=usd("7.31"),
)
_PARENTS: Final[list[QWidget]] = []
"""Of boxes: a box would go with its parent, and Qt does not hold that."""
_ENVIRONMENT: Final = Source(key_from_environment=True, api_url="http://127.0.0.1:4012")


def full_outlook() -> Outlook:
    ends = runs_out(9)
    spans = [None if end is None else end - NOW for end in (ends.middle, ends.low, ends.high)]
    middle, low, high = (span for span in spans if span is not None)
    return Outlook(
        NOW,
        Lasting(middle=middle, low=low, high=high),
        SpentByDay(usd("0.6512"), usd("1.8344"), usd("13"), usd("1251.23"), usd("43.0877")),
        TopUp(usd("20"), NOW - 5 * HOUR),
        HistoryDiskFull(),
        known_since=NOW - 20 * DAY,
    )


def full_state() -> AccountState:
    return AccountState(
        reading=FULL_READING,
        level=Level.LOW,
        outlook=full_outlook(),
        problem=Offline(ConnectionFault.REFUSED),
        failures=1,
        last_attempt_at=NOW,
    )


def views() -> dict[str, TrayView]:
    """Return what the tray shows in states that differ in words."""
    full = full_state()

    def view(state: AccountState, own: OwnState, source: Source = _ENVIRONMENT) -> TrayView:
        return present(state, NOW + HOUR / 15, Settings(), source, BERLIN, own=own)

    plain = OwnState()
    return {
        "full": view(full, OwnState(Mishap.CRASH)),
        "fresh": view(replace(full, problem=None, failures=0), OwnState(Mishap.ERROR)),
        "no key": view(AccountState(problem=NoKey()), plain),
        "loading": view(AccountState(), plain, Source(demo=True)),
        "keyring": view(AccountState(), OwnState(keyring_wait=True)),
    }


def details_window() -> QWidget:
    window = DetailsWindow(BERLIN)
    window._ranges._buttons.buttons()[2].click()
    state = full_state()
    window.show_view(views()["fresh"])
    window.show_details(details_of(state.reading, state.outlook, NOW, BERLIN))
    window.show_chart(replace(one_month(), runs_out=runs_out(9)))
    window.tell(export_news("/home/me/history.csv", ""))
    window.set_stands_for_tray(stands=True)
    return window


def empty_details_window() -> QWidget:
    window = DetailsWindow(BERLIN)
    window.show_view(views()["loading"])
    return window


def key_dialog() -> QWidget:
    dialog = KeyDialog(_ENVIRONMENT)
    dialog._trial.save_anyway.show()
    return dialog


def demo_key_dialog() -> QWidget:
    dialog = KeyDialog(Source(demo=True))
    dialog._trial.on_test_pressed()
    return dialog


def first_start() -> QWidget:
    window = FirstStart()
    window._trial.answer_with(
        problem_sentence(ProxyFailed(ProxyFault.SETTINGS), Surface.KEY_DIALOG), can_be_saved=True
    )
    window._critical.show_amount(usd("99"))
    window.on_amount_entered()
    window.set_tray_is_missing(missing=True)
    return window


def first_start_saved() -> QWidget:
    window = FirstStart()
    window.on_saved()
    window._days.show_span(None)
    return window


def removal_question() -> QWidget:
    return _question(KeyDialog(Source()), lambda dialog: dialog.on_remove_pressed())


def deletion_question() -> QWidget:
    return _question(QWidget(), lambda parent: HistoryDialogs(parent).ask_whether_to_delete())


def settings_dialog(page: int) -> QWidget:
    """Return it with three accounts, and a sentence wherever there is room for one."""
    accounts = (Account("A"), Account("B"), Account("C"))
    proxy = ProxyChoice(ProxyKind.ADDRESS, "http://proxy.example:3128")
    dialog = SettingsDialog(Configuration(accounts=accounts, proxy=proxy))
    dialog.tabs.setCurrentIndex(page)
    dialog.show_trouble(settings_problem_text(SettingsNotToml(3)).title)
    dialog.show_autostart(autostart_state(None, hindrance=AutostartDiskFull()))
    dialog.levels.low.line.setText("five")
    dialog.levels.critical_time.spin.setValue(4)
    dialog.alerts.command.line.setText("true")
    dialog.editor.settle()
    return dialog


def settings_of_one() -> QWidget:
    dialog = SettingsDialog(Configuration())
    dialog.tabs.setCurrentIndex(4)
    return dialog


def account_removal_question() -> QWidget:
    dialog = SettingsDialog(Configuration(accounts=(Account("A"), Account("B"))))
    return _question(dialog, lambda parent: parent.accounts.on_remove())


def about() -> QWidget:
    key = about_key_text(demo=False, key_from_environment=True)
    return about_box(about_text("api.example.org", key))


EVERY_WINDOW: Final[dict[str, Callable[[], QWidget]]] = {
    "details": details_window,
    "details, empty": empty_details_window,
    "key": key_dialog,
    "key, demo": demo_key_dialog,
    "first start": first_start,
    "first start, saved": first_start_saved,
    "remove key": removal_question,
    "delete history": deletion_question,
    "about": about,
    "settings": lambda: settings_dialog(0),
    "settings, icon": lambda: settings_dialog(1),
    "settings, levels": lambda: settings_dialog(2),
    "settings, alerts": lambda: settings_dialog(3),
    "settings, accounts": lambda: settings_dialog(4),
    "settings, one account": settings_of_one,
    "remove account": account_removal_question,
    "no browser": lambda: no_browser_box("https://example.org"),
    "no file manager": lambda: no_file_manager_box("/home/me/logs"),
}


def _question(parent: _Parent, ask: Callable[[_Parent], None]) -> QWidget:
    ask(parent)
    (question,) = parent.findChildren(QMessageBox)
    _PARENTS.append(parent)
    return question
