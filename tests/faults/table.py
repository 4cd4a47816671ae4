"""The fault table: every section in the order of the document."""

from __future__ import annotations

from typing import Final

from tests.faults import (
    amounts,
    bodies,
    connecting,
    framing,
    keyrings,
    proxies,
    redirects,
    refusals,
    sizes,
    timing,
    tls,
)
from tests.faults.case import Case, NetworkCase, Section

SECTIONS: Final[tuple[Section, ...]] = (
    keyrings.SECTION,
    connecting.SECTION,
    tls.SECTION,
    proxies.SECTION,
    timing.SECTION,
    redirects.SECTION,
    refusals.KEYS,
    refusals.REQUESTS,
    refusals.RATES,
    refusals.TROUBLES,
    framing.SECTION,
    sizes.SECTION,
    bodies.SECTION,
    amounts.SECTION,
)
CASES: Final[tuple[Case, ...]] = tuple(case for section in SECTIONS for case in section.cases)
NETWORK_CASES: Final = tuple(case for case in CASES if isinstance(case, NetworkCase))
