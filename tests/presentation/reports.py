"""Reports on accounts in the tests."""

from __future__ import annotations

import string
from datetime import UTC, timedelta
from typing import Final

from hypothesis import strategies as st

from tests.core.samples import NOW, STEADY, amounts, problems, runways
from tests.presentation.views import FULL, optional_amounts
from tray_app.core.level import Level
from tray_app.core.reading import BalanceReading
from tray_app.presentation.account_report import AccountReport
from tray_app.presentation.problem_code import problem_code
from tray_app.presentation.problem_wording import Surface, problem_sentence

KNOWN: Final = AccountReport(
    "default",
    reading=FULL,
    level=Level.HEALTHY,
    runway=STEADY.runway,
    next_refresh=NOW + timedelta(minutes=5),
)
"""$12.34, which lasts about nine days, read now."""
NOTHING: Final = AccountReport("default")

moments: Final = st.timedeltas(timedelta(0), timedelta(days=400)).map(
    # As exact as the file's times are.
    lambda span: (NOW + span).replace(microsecond=250_000)
)
readings: Final = st.builds(
    BalanceReading,
    amounts,
    moments,
    cash=optional_amounts,
    credit_limit=optional_amounts,
    pending_charges=optional_amounts,
    outstanding_invoices=optional_amounts,
)
names: Final = st.text(string.ascii_letters + string.digits, min_size=1, max_size=32).filter(
    lambda name: not name.lower().startswith("sk")
)


@st.composite
def reports(draw: st.DrawFn, name: st.SearchStrategy[str] = names) -> AccountReport:
    problem = draw(st.none() | problems)
    reading = draw(st.none() | readings)
    return AccountReport(
        draw(name),
        reading=reading,
        level=None if reading is None else draw(st.sampled_from(Level)),
        runway=draw(st.none() | runways),
        stale=draw(st.booleans()),
        problem=None if problem is None else problem_code(problem),
        message=None
        if problem is None
        else problem_sentence(problem, Surface.TERMINAL, key_from_environment=draw(st.booleans())),
        next_refresh=draw(st.none() | moments),
    )


ZONE: Final = UTC
