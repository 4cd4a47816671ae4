"""One request to the API, and everything that it shows on the way: certificate, clock, answer."""

from __future__ import annotations

import ssl
import time
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from tray_app.adapters.certificate_der import certificate_fields
from tray_app.adapters.novita_client import Inspection
from tray_app.core.checkup import CertificateFound, ReplyFound
from tray_app.core.problem import CertificateRejected, Problem, ProblemError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tray_app.adapters.light_httpx import httpx
    from tray_app.adapters.novita_client import NovitaClient
    from tray_app.core.api_key import ApiKey


class _Witness:
    """Sees a reply when its headers are there."""

    def __init__(self, *, verified: bool) -> None:
        self._verified = verified
        self.certificate: CertificateFound | None = None
        self.server_time: datetime | None = None
        self.received_at = datetime.now(UTC)

    def see(self, response: httpx.Response) -> None:
        """Take note of the reply's time and of the certificate of its connection."""
        self.received_at = datetime.now(UTC)
        self.server_time = _instant(response.headers.get("date", ""))
        stream = response.extensions["network_stream"]
        self.certificate = _certificate(stream.get_extra_info("ssl_object"), self._verified)


def ask_server(make_client: Callable[[Inspection], NovitaClient], key: ApiKey | None) -> ReplyFound:
    """Ask for the balance, without a key to see whether anybody answers.

    Where the certificate is rejected it is asked once more, without a key and believing nothing,
    to say whose certificate that was and what time it is there.
    """
    begin = time.monotonic()
    witness = _Witness(verified=True)
    problem = _problem_of_one(make_client(Inspection(witness.see)), key)
    took = timedelta(seconds=time.monotonic() - begin)
    if isinstance(problem, CertificateRejected):
        witness = _Witness(verified=False)
        _problem_of_one(make_client(Inspection(witness.see, _believing_everybody())), None)
    return ReplyFound(
        took,
        witness.received_at,
        problem,
        witness.certificate,
        witness.server_time,
        with_key=key is not None,
    )


def _problem_of_one(client: NovitaClient, key: ApiKey | None) -> Problem | None:
    try:
        client.fetch_balance(key)
    except ProblemError as error:
        return error.problem
    finally:
        client.close()
    return None


def _believing_everybody() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _certificate(
    connection: ssl.SSLObject | None,
    verified: bool,  # noqa: FBT001 — passed on
) -> CertificateFound | None:
    """Return the certificate of a connection, None where it has none that can be read."""
    # What httpcore hands out takes no keyword.
    der = connection.getpeercert(True) if connection is not None else None  # noqa: FBT003 — see above
    if connection is None or der is None:
        return None
    try:
        fields = certificate_fields(der)
    except ValueError:
        return None
    return CertificateFound(
        fields.issuer,
        fields.valid_from,
        fields.valid_until,
        protocol=connection.version() or "",
        verified=verified,
    )


def _instant(text: str) -> datetime | None:
    """Return the instant of an HTTP date, None for what is none."""
    try:
        instant = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return instant if instant.tzinfo is not None else instant.replace(tzinfo=UTC)
