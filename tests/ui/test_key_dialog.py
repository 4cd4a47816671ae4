from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from tests.ui.key_dialog_bench import OFFLINE, Bench
from tests.ui.samples import KEY, reading_of
from tray_app.core.api_key import ApiKey
from tray_app.core.problem import (
    BlockedBeforeApi,
    CertificateFault,
    CertificateRejected,
    KeyringLocked,
    KeyringMissing,
    PermissionLacking,
    Problem,
    RateLimited,
    ServerTrouble,
    TimedOut,
    UnexpectedReply,
    WrongKey,
)
from tray_app.presentation.places import KEYS_URL
from tray_app.presentation.problem_wording import Surface, problem_sentence
from tray_app.presentation.source import Source
from tray_app.ui.key_dialog import KeyDialog

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


def test_the_key_is_hidden_until_it_is_revealed(bench: Bench) -> None:
    assert bench.field.echoMode() is QLineEdit.EchoMode.Password
    bench.dialog._trial.reveal.click()
    assert bench.field.echoMode() is QLineEdit.EchoMode.Normal
    assert bench.dialog._trial.reveal.text() == "Hide"
    bench.dialog._trial.reveal.click()
    assert bench.field.echoMode() is QLineEdit.EchoMode.Password
    assert bench.dialog._trial.reveal.text() == "Show"


def test_saving_untried_is_not_offered_before_a_try(bench: Bench) -> None:
    assert not bench.dialog._trial.save_anyway.isVisible()


def test_there_is_nothing_to_test_in_an_empty_field(bench: Bench) -> None:
    assert not bench.dialog._trial.test.isEnabled()
    QTest.keyClicks(bench.field, "   ")
    assert not bench.dialog._trial.test.isEnabled()
    QTest.keyClick(bench.field, Qt.Key.Key_Return)
    assert bench.tests == []
    assert bench.dialog.isVisible()


@pytest.mark.parametrize(
    "pasted",
    [
        "sk_test_first",
        "  sk_test_first \t\n",
        "Bearer sk_test_first",
        "bearer  sk_test_first\r\n",
        "Authorization: Bearer sk_test_first",
        "\u00a0sk_test_\n  first\u200b",
        '"sk_test_first"',
    ],
)
def test_a_pasted_key_is_freed_of_what_surrounds_it(bench: Bench, pasted: str) -> None:
    bench.paste(pasted)
    QTest.keyClick(bench.field, Qt.Key.Key_Return)
    assert bench.tests == [(1, KEY)]


def test_what_cannot_be_a_key_is_answered_in_place_without_a_test(bench: Bench) -> None:
    bench.paste("sk_fünf")
    QTest.keyClick(bench.field, Qt.Key.Key_Return)
    assert bench.tests == []
    assert "plain letters" in bench.answer
    assert "fünf" not in bench.answer
    assert bench.field.hasFocus()


def test_a_key_that_works_is_saved_once_and_the_balance_stands_in_the_answer(bench: Bench) -> None:
    bench.enter()
    assert bench.answer == "Asking Novita…"
    assert bench.saves == []
    bench.answer_test(reading_of(1_234))
    assert bench.saves == [KEY]
    bench.dialog.on_key_saved(None)
    assert bench.answer == "It works: $12.34 available. Saved."


def test_a_doubled_answer_saves_the_key_once(bench: Bench) -> None:
    bench.enter()
    bench.answer_test(reading_of(1_234))
    bench.answer_test(reading_of(1_234))
    assert bench.saves == [KEY]


def test_a_negative_balance_is_a_key_that_works(bench: Bench) -> None:
    bench.enter()
    bench.answer_test(reading_of(-150))
    assert "-$1.50 available" in bench.answer


def test_a_key_typed_after_a_refused_one_takes_its_place(bench: Bench) -> None:
    bench.enter("sk_wrong")
    bench.answer_test(WrongKey("FAILED_TO_AUTH"))
    bench.enter()
    assert [key for _, key in bench.tests] == [ApiKey("sk_wrong"), KEY]


@pytest.mark.parametrize("problem", [WrongKey("FAILED_TO_AUTH"), PermissionLacking("FORBIDDEN")])
def test_a_failure_of_the_key_is_named_and_cannot_be_saved_anyway(
    bench: Bench, problem: Problem
) -> None:
    bench.enter()
    bench.answer_test(problem)
    assert bench.answer == problem_sentence(problem, Surface.KEY_DIALOG)
    assert not bench.dialog._trial.save_anyway.isVisible()
    assert bench.saves == []
    assert bench.field.hasFocus()


@pytest.mark.parametrize(
    "problem",
    [
        OFFLINE,
        TimedOut(),
        ServerTrouble(500, "BILLING_FAILED"),
        RateLimited(None),
        BlockedBeforeApi(403),
        CertificateRejected(CertificateFault.EXPIRED),
        UnexpectedReply("no JSON"),
    ],
)
def test_a_failure_that_is_not_the_keys_is_named_and_the_key_can_be_saved_anyway(
    bench: Bench, problem: Problem
) -> None:
    bench.enter()
    bench.answer_test(problem)
    assert bench.answer == problem_sentence(problem, Surface.KEY_DIALOG)
    bench.dialog._trial.save_anyway.click()
    assert bench.saves == [KEY]
    bench.dialog.on_key_saved(None)
    assert bench.answer == "Saved."


def test_an_interrupted_test_can_be_repeated(bench: Bench) -> None:
    bench.enter()
    bench.answer_test(None)
    assert bench.answer == "The test was interrupted."
    QTest.keyClick(bench.field, Qt.Key.Key_Return)
    assert bench.tests == [(1, KEY), (2, KEY)]


def test_save_anyway_goes_away_when_another_key_is_typed(bench: Bench) -> None:
    bench.enter()
    bench.answer_test(OFFLINE)
    assert bench.dialog._trial.save_anyway.isVisible()
    QTest.keyClicks(bench.field, "x")
    assert not bench.dialog._trial.save_anyway.isVisible()


def test_while_a_test_runs_enter_does_nothing_and_the_key_stays_hidden(bench: Bench) -> None:
    bench.enter()
    QTest.keyClick(bench.dialog.focusWidget(), Qt.Key.Key_Return)
    QTest.keyClicks(bench.dialog.focusWidget(), "x")
    assert bench.tests == [(1, KEY)]
    assert bench.field.text() == KEY.reveal()
    assert bench.field.echoMode() is QLineEdit.EchoMode.Password


def test_no_second_test_starts_while_one_runs(bench: Bench) -> None:
    bench.enter()
    QTest.keyClick(bench.dialog, Qt.Key.Key_Return)
    bench.dialog._trial.test.click()
    assert bench.tests == [(1, KEY)]


@pytest.mark.parametrize("problem", [KeyringLocked(), KeyringMissing()])
def test_a_failing_save_says_so_and_keeps_the_key_for_another_attempt(
    bench: Bench, problem: Problem
) -> None:
    bench.enter()
    bench.answer_test(reading_of(1_234))
    bench.dialog.on_key_saved(problem)
    assert bench.answer == f"Not saved. {problem_sentence(problem, Surface.KEY_DIALOG)}"
    QTest.keyClick(bench.field, Qt.Key.Key_Return)
    assert bench.tests == [(1, KEY), (2, KEY)]


def test_a_link_leads_to_where_keys_are_made(bench: Bench) -> None:
    (label,) = [
        label for label in bench.dialog.findChildren(QLabel) if f'href="{KEYS_URL}"' in label.text()
    ]
    assert label.openExternalLinks()
    assert label.textInteractionFlags() & Qt.TextInteractionFlag.LinksAccessibleByKeyboard


def test_a_key_from_the_environment_is_told_at_the_start_and_after_saving(qtbot: QtBot) -> None:
    bench = Bench(qtbot, overridden=True)
    assert "NOVITA_API_KEY" in bench.answer
    bench.enter()
    bench.answer_test(reading_of(1_234))
    bench.dialog.on_key_saved(None)
    assert "Saved." in bench.answer
    assert "NOVITA_API_KEY" in bench.answer


@pytest.mark.parametrize(
    ("demo", "place"), [(False, "in the system's keyring and nowhere else"), (True, "in memory")]
)
def test_it_says_where_the_key_is_kept(qtbot: QtBot, *, demo: bool, place: str) -> None:
    dialog = KeyDialog(Source(demo=demo))
    qtbot.addWidget(dialog)
    assert any(place in label.text() for label in dialog.findChildren(QLabel))


def test_without_a_key_in_the_environment_none_is_mentioned(bench: Bench) -> None:
    assert bench.answer == ""


def test_a_hidden_key_is_in_no_text_of_the_window_nor_in_what_a_screen_reader_hears(
    bench: Bench,
) -> None:
    bench.enter()
    texts = [label.text() for label in bench.dialog.findChildren(QLabel)]
    texts += [button.text() for button in bench.dialog.findChildren(QPushButton)]
    texts += [bench.field.displayText(), *accessible_texts(bench.field)]
    assert KEY.reveal() not in " ".join(texts)
    bench.dialog._trial.reveal.click()
    assert KEY.reveal() in accessible_texts(bench.field)


def accessible_texts(widget: QWidget) -> list[str]:
    interface = QAccessible.queryAccessibleInterface(widget)
    kinds = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value)
    return [interface.text(kind) for kind in kinds]
