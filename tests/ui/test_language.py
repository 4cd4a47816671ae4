from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from tests.core.zones import CENTRAL_EUROPE
from tests.presentation.views import MINUTE
from tray_app.core.configuration import Language
from tray_app.presentation.locale_format import LocaleFormat, install_format
from tray_app.presentation.source import Source
from tray_app.presentation.translation import tr
from tray_app.presentation.wording import age_text
from tray_app.ui.balance_chart import BalanceChart
from tray_app.ui.details_window import DetailsWindow
from tray_app.ui.key_dialog import KeyDialog
from tray_app.ui.language import format_of, spoken_language, use_language
from tray_app.ui.range_choice import RangeChoice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tests.ui.running_program import Running


@pytest.fixture(autouse=True)
def _english_again(qtbot: QtBot) -> Iterator[None]:
    del qtbot
    yield
    use_language(Language.ENGLISH)
    install_format(None)


@pytest.mark.parametrize(
    ("wished", "spoken"),
    [
        (["zh-Hans-CN", "en-US"], Language.CHINESE),
        (["zh-CN"], Language.CHINESE),
        (["zh_SG"], Language.CHINESE),
        (["zh-Hant-TW", "zh-TW", "en"], Language.CHINESE),
        (["en-GB", "zh-CN"], Language.ENGLISH),
        (["de-DE", "zh-CN"], Language.CHINESE),
        (["de-DE", "de"], Language.ENGLISH),
        (["C"], Language.ENGLISH),
        ([], Language.ENGLISH),
    ],
)
def test_the_system_asks_for_the_first_language_that_is_known(
    wished: list[str], spoken: Language
) -> None:
    assert spoken_language(Language.SYSTEM, wished) is spoken


@pytest.mark.parametrize("chosen", [Language.ENGLISH, Language.CHINESE])
def test_a_choice_wins_over_the_system(chosen: Language) -> None:
    assert spoken_language(chosen, ["zh-CN", "en"]) is chosen


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("C", LocaleFormat()),
        ("en_US", LocaleFormat(group_mark=",", month_first=True)),
        ("en_GB", LocaleFormat(group_mark=",")),
        ("de_DE", LocaleFormat(",", ".")),
        ("es_ES", LocaleFormat(",", ".", grouped_from=5)),
        ("en_IN", LocaleFormat(group_mark=",", higher_group=2)),
        ("zh_CN", LocaleFormat(group_mark=",", month_first=True)),
        ("fr_FR", LocaleFormat(",", "\u202f")),
        ("ar_EG", LocaleFormat(group_mark=",")),
        ("fa_IR", LocaleFormat(group_mark=",", month_first=True)),
    ],
)
def test_numbers_and_days_are_the_locales(name: str, expected: LocaleFormat) -> None:
    assert format_of(QLocale(name)) == expected


def test_every_locale_of_qt_can_be_read() -> None:
    locales = QLocale.matchingLocales(
        QLocale.Language.AnyLanguage, QLocale.Script.AnyScript, QLocale.Country.AnyCountry
    )
    formats = [format_of(locale) for locale in locales]
    assert len(formats) > 300
    assert all(each.decimal_point and each.higher_group in {2, 3, 4} for each in formats)


def test_chinese_is_spoken_and_english_again() -> None:
    use_language(Language.CHINESE)
    assert tr("Refresh now") == "立即刷新"
    assert age_text(4 * MINUTE) == "4 分钟前"
    assert tr("a sentence that no catalogue has, %n time(s)", n=2).endswith("2 times")
    assert QGuiApplication.applicationDisplayName() == "Novita 余额"
    use_language(Language.ENGLISH)
    assert age_text(4 * MINUTE) == "4 min ago"
    assert QGuiApplication.applicationDisplayName() == "Novita balance"


def test_qts_own_buttons_speak_it_too(qtbot: QtBot) -> None:
    use_language(Language.CHINESE)
    box = QMessageBox(QMessageBox.Icon.NoIcon, "", "", QMessageBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.button(QMessageBox.StandardButton.Cancel).text() == "取消"


def test_windows_that_are_there_follow_at_once(qtbot: QtBot) -> None:
    window, dialog = DetailsWindow(CENTRAL_EUROPE), KeyDialog(Source(key_from_environment=True))
    for each in (window, dialog):
        qtbot.addWidget(each)
    use_language(Language.CHINESE)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange.value)
    assert window.windowTitle() == "Novita 余额"
    assert "立即刷新" in _button_texts(window)
    assert "测试并保存" in _button_texts(dialog)
    assert dialog.windowTitle() == "API 密钥"
    assert "已设置环境变量" in dialog._trial.answer.text()
    chart, choice = window.findChild(BalanceChart), window.findChild(RangeChoice)
    assert chart is not None
    assert choice is not None
    assert chart.accessibleName() == "余额图表"
    assert _button_texts(choice) == ["24 小时", "7 天", "30 天", "1 年"]
    assert [button.shortcut().toString() for button in choice.findChildren(QPushButton)] == [
        *("Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4")
    ]
    use_language(Language.ENGLISH)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange.value)
    assert "Refresh now" in _button_texts(window)


def choose(running: Running, language: Language) -> None:
    keeper = running.program._keeper
    keeper.change(replace(keeper.configuration, language=language))


def test_the_running_program_changes_its_language_at_once(loaded: Running, qtbot: QtBot) -> None:
    window = loaded.program.shown.details.opened()
    window.show()
    choose(loaded, Language.CHINESE)
    assert loaded.tooltip.startswith("可用余额 $100.00 · 截至 ")
    assert loaded.row("退出").isEnabled()
    assert loaded.first_row.startswith("可用余额 $100.00 · 截至 ")
    assert window._headline.text() == loaded.first_row
    qtbot.waitUntil(lambda: window.windowTitle() == "Novita 余额")
    choose(loaded, Language.ENGLISH)
    assert loaded.first_row.startswith("$100.00 available · as of ")


def _button_texts(widget: QWidget) -> list[str]:
    return [button.text() for button in widget.findChildren(QPushButton)]
