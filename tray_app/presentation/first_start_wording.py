"""The sentences of the window in which a new user begins."""

from __future__ import annotations

from tray_app.core.money import Usd
from tray_app.presentation.translation import joined, tr
from tray_app.presentation.wording import chosen_amount_text, tray_step_text


def purpose_text() -> str:
    """Return what the program does."""
    return tr(
        "Shows the dollars left on your Novita AI account in the tray, and tells you before they "
        "run out."
    )


def key_is_saved_hint() -> str:
    """Return what stands in the empty field once a key is saved."""
    return tr("A key is saved")


def amount_fault_text() -> str:
    """Return what belongs in a field for an amount."""
    return tr(
        "Enter an amount above zero, such as {amount}.",
        amount=chosen_amount_text(Usd.of_cents(500)),
    )


def order_fault_text() -> str:
    """Return how the two amounts go together."""
    return tr("The critical amount cannot be above the low one.")


def no_tray_at_start_text() -> str:
    """Return what to do on a desktop without a tray, while there is no balance yet."""
    return joined(
        tr("This desktop shows no tray icons, so the balance will be shown in a window."),
        tray_step_text(),
    )
