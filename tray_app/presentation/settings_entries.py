"""What is typed into the settings window, and what a setting looks like there."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from tray_app.core.account_name import InvalidAccountNameError, account_name
from tray_app.core.alert_rules import MOST_AMOUNTS
from tray_app.core.money import ZERO, Usd
from tray_app.core.proxy_url import is_proxy_url
from tray_app.presentation.amount_entry import amount_of_entry
from tray_app.presentation.locale_format import format_in_force, number_text
from tray_app.presentation.translation import tr
from tray_app.presentation.wording import amount_text

if TYPE_CHECKING:
    from tray_app.core.configuration import Configuration

_BETWEEN: Final = re.compile(r"[;\uff1b\u3001\uff0c]|,\s|,$")
_AFTER_SIGN: Final = re.compile(r"(?<=[$\uff04])\s+")
_LONE_COMMA: Final = re.compile(r",\d{1,2}$")
_DAY: Final = timedelta(days=1)
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")


class InvalidEntryError(ValueError):
    """What was typed is no value of the setting; the message is a sentence for the user."""


def amount_of(text: str) -> Usd:
    """Return the exact amount above zero: from ``5``, ``5.00``, ``$5``, or ``5,00`` by locale.

    Raises InvalidEntryError.
    """
    amount = amount_of_entry(text)
    if amount is None or amount <= ZERO:
        raise InvalidEntryError(
            tr("Enter an amount above 0, such as {example}.", example=_example())
        )
    return amount


def optional_amount_of(text: str) -> Usd | None:
    """Return the same, None where nothing or 0 was typed.

    Raises InvalidEntryError.
    """
    if not text.strip():
        return None
    amount = amount_of_entry(text)
    if amount is None:
        raise InvalidEntryError(
            tr(
                "Enter an amount such as {example}, or nothing for no budget.",
                example=_example(),
            )
        )
    return None if amount == ZERO else amount


def optional_amount_text(amount: Usd | None) -> str:
    """Return the amount, nothing for None."""
    return "" if amount is None else amount_text(amount)


def amounts_of(text: str) -> tuple[Usd, ...]:
    """Return the amounts of a list from the highest on, each once; none where nothing was typed.

    They stand apart by a semicolon, a space, or a comma with a space. Raises InvalidEntryError.
    """
    amounts = {_amount_of_list(part) for part in _parts(text)}
    known = {amount for amount in amounts if amount is not None and amount > ZERO}
    if len(known) < len(amounts):
        raise InvalidEntryError(
            tr(
                "Enter amounts above 0, such as {example}.",
                example=amounts_text((Usd.of_cents(20_00), Usd.of_cents(5_00))),
            )
        )
    if len(known) > MOST_AMOUNTS:
        raise InvalidEntryError(tr("Enter at most %n amount(s).", n=MOST_AMOUNTS))
    return tuple(sorted(known, reverse=True))


def amounts_text(amounts: tuple[Usd, ...]) -> str:
    """Return the amounts in a row, apart by what is no decimal point."""
    apart = "; " if format_in_force().decimal_point == "," else ", "
    return apart.join(amount_text(amount) for amount in amounts)


def span_text(span: timedelta, unit: timedelta) -> str:
    """Return how many units, with two decimals at most, by locale and without zeros at the end."""
    hundredths = round(span * 100 / unit)
    text = f"{hundredths // 100}.{hundredths % 100:02}".rstrip("0").rstrip(".")
    return number_text(text)


def days_text(span: timedelta) -> str:
    """Return ``3 days``, ``1.5 days``."""
    if span % _DAY:
        return tr("{days} days", days=span_text(span, _DAY))
    return tr("%n day(s)", n=span // _DAY)


def days_unit(count: int) -> str:
    """Return the word that follows so many days."""
    return tr("%n day(s)", n=count).partition(str(count))[2].strip()


def minutes_unit(count: int) -> str:
    """Return the word that follows so many minutes."""
    return tr("%n minute(s)", n=count).partition(str(count))[2].strip()


def proxy_address_of(text: str) -> str:
    """Return a proxy's address, ``http://`` being meant where nothing else is said.

    Raises InvalidEntryError.
    """
    address = text.strip()
    if "://" not in address:
        address = f"http://{address}"
    if not is_proxy_url(address):
        raise InvalidEntryError(
            tr("Enter an address such as {example}.", example=example_proxy_address())
        )
    return address


def example_proxy_address() -> str:
    """Return what an address of a proxy looks like."""
    return "http://proxy.example:3128"


def program_of(text: str) -> str:
    """Return the absolute path of a program; empty for none.

    Whether it is there is not looked at. Raises InvalidEntryError.
    """
    if _CONTROL.search(text) or (text and not PurePath(text).is_absolute()):
        raise InvalidEntryError(tr("Enter the whole path of a program, without arguments."))
    return text


def new_account_name_of(text: str, configuration: Configuration) -> str:
    """Return a name that no account has yet.

    Raises InvalidEntryError; its sentence never repeats the text, which may be a key.
    """
    try:
        name = account_name(text.strip())
    except InvalidAccountNameError:
        raise InvalidEntryError(
            tr("A name has 1 to 32 letters, digits, dots, hyphens or underscores, and is no key.")
        ) from None
    # Names differ by more than capitals: a configuration has no others.
    if name.casefold() in {account.name.casefold() for account in configuration.accounts}:
        raise InvalidEntryError(tr("There is an account of that name."))
    return name


def _parts(text: str) -> list[str]:
    parts = _BETWEEN.split(_AFTER_SIGN.sub("", text.strip()))
    if not format_in_force().group_mark.isspace():
        parts = [piece for part in parts for piece in part.split()]
    return [part for part in parts if part.strip()]


def _amount_of_list(text: str) -> Usd | None:
    """Return the amount; where a comma is no decimal point, ``20,5`` could be two amounts."""
    if format_in_force().decimal_point != "," and _LONE_COMMA.search(text):
        return None
    return amount_of_entry(text)


def _example() -> str:
    return amount_text(Usd.of_cents(5_00))
