"""Bodies that are no balance, hide one, or are one in an unusual form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.adapters.replies import PAGE, error_body
from tests.faults.case import NetworkCase, Section
from tests.faults.settings import BODY, reply
from tray_app.core.money import Usd
from tray_app.core.problem import UnexpectedReply
from tray_app.simulator.reply import HTML_TYPE

if TYPE_CHECKING:
    from tests.faults.case import Outcome

_READ: Final = Usd.of_units(123_400)
_NOT_SECTION: Final = UnexpectedReply("the reply is not JSON")
_NOT_JSON: Final = UnexpectedReply("the reply is not JSON")
_NOT_UTF_8: Final = UnexpectedReply("the reply is not UTF-8")
_NO_OBJECT: Final = UnexpectedReply("the reply is not an object")
_TWICE: Final = UnexpectedReply("the reply names a field twice")
_PAGE: Final = UnexpectedReply("a web page", from_elsewhere=True)
_ERROR: Final = UnexpectedReply("an error in a 200 reply")


def _body(name: str, body: bytes, expected: Outcome) -> NetworkCase:
    return NetworkCase(name, reply(200, body), expected)


def _nested(depth: int) -> bytes:
    return b'{"availableBalance": "123400", "x": ' + b"[" * depth + b"]" * depth + b"}"


SECTION: Final = Section(
    "Bodies",
    (
        NetworkCase(
            "a balance that is called plain text", reply(200, content_type="text/plain"), _READ
        ),
        NetworkCase(
            "a balance that is called a web page", reply(200, content_type=HTML_TYPE), _READ
        ),
        NetworkCase("a web page in a 200", reply(200, PAGE, content_type=HTML_TYPE), _PAGE),
        _body("a web page in a 200 that is called JSON", b"\r\n" + PAGE, _PAGE),
        _body("an empty body", b"", _NOT_JSON),
        _body("nothing but white space", b" \r\n\t", _NOT_JSON),
        _body("JSON that is cut short", BODY[:-2], _NOT_JSON),
        _body("JSON with something behind it", BODY + b"}", _NOT_JSON),
        _body("JSON with a comment", BODY + b" // cents", _NOT_JSON),
        _body("single quotes in place of double ones", BODY.replace(b'"', b"'"), _NOT_JSON),
        _body("an amount that is NaN", b'{"availableBalance": NaN}', _NOT_JSON),
        _body("a list around the balance", b"[" + BODY + b"]", _NO_OBJECT),
        _body("a number alone", b"123400", _NO_OBJECT),
        _body("null alone", b"null", _NO_OBJECT),
        _body("UTF-16", BODY.decode().encode("utf-16"), _NOT_UTF_8),
        _body("UTF-32", BODY.decode().encode("utf-32"), _NOT_UTF_8),
        _body("a note in Latin-1", BODY[:-1] + b', "note": "caf\xe9"}', _NOT_UTF_8),
        _body("a byte order mark", b"\xef\xbb\xbf" + BODY, _READ),
        _body("two byte order marks", b"\xef\xbb\xbf" * 2 + BODY, _NOT_JSON),
        _body("unknown fields", BODY[:-1] + b', "voucher": [1.5, {"a": null}]}', _READ),
        _body("lists that nest 100 deep", _nested(100), _READ),
        _body("lists that nest 20,000 deep", _nested(20_000), _NOT_JSON),
        _body("a field that is named twice", BODY[:-1] + b', "availableBalance": "1"}', _TWICE),
        _body(
            "a field that is named twice, once in disguise",
            BODY[:-1] + rb', "available\u0042alance": "1"}',
            _TWICE,
        ),
        _body(
            "a field that is named twice, far inside",
            BODY[:-1] + b', "x": [{"y": {"a": 1, "a": 1}}]}',
            _TWICE,
        ),
        _body(
            "an error object in a 200",
            error_body("BILLING_FAILED").encode(),
            UnexpectedReply("an error in a 200 reply, BILLING_FAILED"),
        ),
        _body("a balance beside an error code", BODY[:-1] + b', "code": 0}', _ERROR),
        _body("a balance beside a gateway's error", BODY[:-1] + b', "error": "down"}', _ERROR),
        _body(
            "a balance one level too deep",
            b'{"data": ' + BODY + b"}",
            UnexpectedReply("availableBalance is missing"),
        ),
    ),
)
