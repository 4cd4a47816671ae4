"""The menu's rows for what is not always there: several accounts, alerts, a file in trouble."""

from __future__ import annotations

from dataclasses import replace

from tray_app.presentation.tray_menu import (
    Command,
    MenuContents,
    MenuGroup,
    MenuItem,
    MenuRow,
    MenuSeparator,
    OtherAccount,
    menu_of,
)

PLAIN = MenuContents(facts=("$5.00 available",), notes=())


def texts(menu: tuple[MenuItem, ...]) -> list[str]:
    return ["" if isinstance(item, MenuSeparator) else item.text for item in menu]


def test_with_one_account_and_no_alert_nothing_speaks_of_either() -> None:
    assert texts(menu_of(PLAIN)) == [
        "$5.00 available",
        "",
        "Details…",
        "Refresh now",
        "Open billing page",
        "",
        "API key…",
        "Settings…",
        "About",
        "Quit",
    ]


def test_each_other_account_has_a_row_that_opens_its_window() -> None:
    others = (OtherAccount("work", "work: $3.00 available"), OtherAccount("lab", "lab: No key"))
    menu = menu_of(replace(PLAIN, others=others))
    assert texts(menu)[1:5] == ["", "work: $3.00 available", "lab: No key", ""]
    assert menu[2] == MenuRow("work: $3.00 available", Command.OPEN_WINDOW, "work")


def test_alerts_can_be_put_off_once_there_was_one() -> None:
    (group,) = (item for item in menu_of(replace(PLAIN, offers_snooze=True)) if is_group(item))
    assert group == MenuGroup(
        "Snooze alerts",
        (
            MenuRow("For an hour", Command.SNOOZE_HOUR),
            MenuRow("Today", Command.SNOOZE_TODAY),
            MenuRow("Until a top-up", Command.SNOOZE_TOP_UP),
        ),
    )


def test_alerts_that_are_put_off_can_be_called_back() -> None:
    menu = menu_of(replace(PLAIN, offers_snooze=True, offers_wake=True))
    assert MenuRow("Tell alerts again", Command.WAKE_ALERTS) in menu
    assert not any(map(is_group, menu))


def test_a_settings_file_in_trouble_is_told_in_one_row_that_opens_the_settings() -> None:
    menu = menu_of(replace(PLAIN, settings_trouble=("Line 2 is wrong.", "Line 3 is wrong.")))
    assert menu[1] == MenuRow("Line 2 is wrong.", Command.OPEN_SETTINGS)
    assert "Line 3 is wrong." not in texts(menu)


def is_group(item: MenuItem) -> bool:
    return isinstance(item, MenuGroup)
