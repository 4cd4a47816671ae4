"""Rules for every test."""

from __future__ import annotations

import os
import signal
import tempfile
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

# Tests of the Qt layer paint into memory; desktop tests give their programs a real screen.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
# What the program keeps in files is kept apart from that of whoever runs the tests.
_home = tempfile.TemporaryDirectory(prefix="novita-tray-tests-")
os.environ["NOVITA_TRAY_HOME"] = _home.name
# A key or a proxy of whoever runs the tests must not reach them.
for name in ("NOVITA_API_KEY", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
    os.environ.pop(name, None)
    os.environ.pop(name.lower(), None)
# A shell starts what runs in its background with some signals ignored, and so would be every
# program that a test starts and ends by one.
for name in ("SIGINT", "SIGHUP", "SIGQUIT"):
    number = getattr(signal, name, None)
    if number is not None and signal.getsignal(number) is signal.SIG_IGN:
        default = signal.default_int_handler if name == "SIGINT" else signal.SIG_DFL
        signal.signal(number, default)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let nothing pass unrun in CI: there a skipped test is a failed one."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} may not be skipped in CI: {call.excinfo}"
    return report
