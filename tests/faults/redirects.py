"""Ways to another place, which no request ever goes: it would take the key along."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from tests.adapters.asking import SECRET
from tests.faults.case import NetworkCase, Scene, Section
from tests.faults.settings import reply
from tray_app.core.problem import UnexpectedReply
from tray_app.simulator import Simulator, accounts
from tray_app.simulator.accounts import Redirect
from tray_app.simulator.routes import BALANCE_PATH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.faults.case import Setting, Stage


def _to_another_host(status: int, scheme: str = "http:") -> Setting:
    @contextmanager
    def setting(_stage: Stage) -> Iterator[Scene]:
        with (
            Simulator({SECRET: accounts.SAMPLE_BALANCE}) as other,
            Simulator({}) as simulator,
        ):
            location = f"{scheme}//localhost:{other.port}{BALANCE_PATH}"
            simulator.accounts[SECRET] = Redirect(location, status)
            yield Scene(simulator.url, bystanders=(other,))

    return setting


def _redirect(status: int) -> UnexpectedReply:
    return UnexpectedReply(f"HTTP {status}, a redirect", from_elsewhere=True)


SECTION: Final = Section(
    "Redirects",
    (
        *(
            NetworkCase(
                f"HTTP {status} to another host", _to_another_host(status), _redirect(status)
            )
            for status in (301, 302, 303, 307, 308)
        ),
        NetworkCase(
            "HTTP 302 to another host by the same scheme", _to_another_host(302, ""), _redirect(302)
        ),
        NetworkCase(
            "HTTP 307 to the same place", reply(307, b"", location=BALANCE_PATH), _redirect(307)
        ),
        NetworkCase("HTTP 302 without a place to go", reply(302, b""), _redirect(302)),
        *(
            NetworkCase(
                f"HTTP {status} to {what}", reply(status, b"", location=where), _redirect(status)
            )
            for status, what, where in (
                (301, "a mail address", "mailto:x@example.org"),
                (302, "half an address", "//[::1"),
                (307, "no address at all", "http://a:x"),
                (308, "a place of 60,000 characters", "/" + "x" * 60_000),
            )
        ),
        NetworkCase(
            "a balance in an HTTP 301",
            reply(301, location="https://novita.invalid"),
            _redirect(301),
        ),
        NetworkCase("HTTP 304 without a body", reply(304, b""), UnexpectedReply("HTTP 304")),
    ),
    note="Never followed: the key is not sent to where they point.",
)
