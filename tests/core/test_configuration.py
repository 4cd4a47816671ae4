from __future__ import annotations

import pytest

from tray_app.core.account_name import DEFAULT_ACCOUNT, InvalidAccountNameError, account_name
from tray_app.core.configuration import (
    MOST_ACCOUNTS,
    Account,
    Configuration,
    ProxyChoice,
    ProxyKind,
)


@pytest.mark.parametrize(
    "name", ["default", "work", "a", "Team-2", "acme.corp", "x" * 32, "1st_one"]
)
def test_names_that_keyring_and_file_can_take_are_names(name: str) -> None:
    assert account_name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        " work",
        "wörk",
        "-x",
        ".x",
        "a b",
        "a/b",
        "a\n",
        "x" * 33,
        "sk_live1",
        "SK-1",
        "least-time",
    ],
)
def test_anything_else_and_what_may_be_a_key_is_none_and_is_never_repeated(name: str) -> None:
    with pytest.raises(InvalidAccountNameError) as caught:
        account_name(name)
    assert str(caught.value) == str(InvalidAccountNameError())


def test_without_a_choice_there_is_one_account() -> None:
    configuration = Configuration()
    assert [account.name for account in configuration.accounts] == [DEFAULT_ACCOUNT]


def test_an_account_is_found_by_its_name() -> None:
    work = Account("work")
    configuration = Configuration((Account(), work))
    assert configuration.account("work") is work
    assert configuration.account("home") is None


def test_a_proxys_address_shows_in_no_repr() -> None:
    choice = ProxyChoice(ProxyKind.ADDRESS, "http://me:secret@proxy:3128")
    assert "secret" not in repr(choice)


@pytest.mark.parametrize(
    "names",
    [[], ["a", "b", "a"], [str(number) for number in range(MOST_ACCOUNTS + 1)]],
    ids=["none", "one twice", "too many"],
)
def test_there_is_an_account_and_none_twice_and_not_too_many(names: list[str]) -> None:
    with pytest.raises(ValueError, match="each name once"):
        Configuration(tuple(Account(name) for name in names))


def test_the_shown_account_is_one_that_there_is() -> None:
    assert Configuration((Account("a"),), shown_account="a").shown_account == "a"
    with pytest.raises(ValueError, match="shown account"):
        Configuration((Account("a"),), shown_account="b")
