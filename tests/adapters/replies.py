"""Replies of the balance route as bytes, and what the adapter makes of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pytest

from tests.core.samples import NOW
from tray_app.adapters.novita_reply import reading_of_reply
from tray_app.core.problem import Problem, ProblemError

if TYPE_CHECKING:
    from tray_app.core.reading import BalanceReading

WRONG_KEY: Final = ["FAILED_TO_AUTH", "INVALID_API_KEY", "MISSING_API_KEY"]
PERMISSION: Final = ["FORBIDDEN", "BILLING_AUTH_FAILED", "API_NOT_ALLOWED"]
RATE: Final = ["RATE_LIMIT_EXCEEDED", "LIST_BILL_TOO_FAST"]
TROUBLE: Final = ["UNKNOWN", "BILLING_FAILED", "WALLET_NOT_FOUND", "LIST_BILL_ERROR"]
OURS: Final = ["NOT_ENOUGH_BALANCE", "INVALID_PRODUCT_CATEGORY", "INVALID_BILL_CYCLE"]
SAMPLE: Final = {
    "availableBalance": "1000000",
    "cashBalance": "800000",
    "creditLimit": "200000",
    "pendingCharges": "0",
    "outstandingInvoices": "0",
}
FIELDS: Final = {
    "availableBalance": "available",
    "cashBalance": "cash",
    "creditLimit": "credit_limit",
    "pendingCharges": "pending_charges",
    "outstandingInvoices": "outstanding_invoices",
}
"""The reply's names, and the reading's."""
PAGE: Final = b"<!DOCTYPE html><html><body>Access denied</body></html>"


def read(body: bytes | str, status: int = 200, **headers: str) -> BalanceReading:
    """Return the reading in a reply; header names have _ for -."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    raw = body if isinstance(body, bytes) else body.encode()
    return reading_of_reply(status, names, raw, NOW)


def problem_in(body: bytes | str, status: int = 200, **headers: str) -> Problem:
    """Return the problem that a reply is read as."""
    with pytest.raises(ProblemError) as caught:
        read(body, status, **headers)
    return caught.value.problem


def error_body(reason: str) -> str:
    """Return the vendor's flat error object."""
    return json.dumps({"code": 3, "reason": reason, "message": "some words", "metadata": {}})


def with_field(field: str, written: str) -> str:
    """Return the sample reply with one value as it is written, which may be no JSON at all."""
    return without_field(field)[:-1] + f', "{field}": {written}}}'


def without_field(field: str) -> str:
    """Return the sample reply without one of its fields."""
    return json.dumps({name: value for name, value in SAMPLE.items() if name != field})
