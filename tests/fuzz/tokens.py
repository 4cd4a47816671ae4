"""Single values at which a reader may stumble: amounts, numbers, reasons, waits, encodings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.adapters.replies import OURS, PERMISSION, RATE, TROUBLE, WRONG_KEY
from tests.fuzz.json_text import Fields, Token, Value

if TYPE_CHECKING:
    import random

NAMES: Final = (
    "availableBalance",
    "cashBalance",
    "creditLimit",
    "pendingCharges",
    "outstandingInvoices",
)
REASONS: Final = (*WRONG_KEY, *PERMISSION, *RATE, *TROUBLE, *OURS)
STATUSES: Final = (
    *(200, 200, 200, 200, 201, 202, 203, 204, 206, 226, 299),
    *(300, 301, 302, 303, 304, 307, 308, 400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410),
    *(401, 403, 403, 403, 403, 407, 408, 429, 503),
    *(413, 418, 421, 422, 425, 426, 428, 429, 431, 444, 451, 499),
    *(500, 501, 502, 503, 504, 505, 507, 508, 511, 520, 522, 525, 530, 599, 600, 999),
)
_ODD_TEXTS: Final = (
    *("", " ", "+", "-", ".", "-.", "null", "true", "NaN", "Infinity", "-Infinity", "None"),
    *("0x10", "0b1", "0o7", "1_000", "1,000", "1 000", "1e3", "1E3", "1e-3", "1.", ".5", "--1"),
    *("+-1", "1-", "1+", "$5", "5 USD", "5$", "1\u00a0", " 1", "1 ", "1\n", "\t1", "1\0", "\x001"),
    # Digits of other scripts, which int() takes, and signs that look like ours.
    *(
        "\u0661\u0662",
        "\uff11\uff12",
        "\u06f1",
        "\u0967",
        "\u00b2",
        "\u2460",
        "\U0001d7cf",
        "\u22125",
    ),
    *(
        "\u200b1",
        "1\u200b",
        "\ufeff1",
        "\u202e1",
        "1\u0301",
        "\ud800",
        "\udfff1",
        "1\ud83d",
        "\U0001f4b0",
    ),
    *("1.0", "1.5", "-0", "+0", "-0.0", "00", "007", "0" * 15, "0" * 16, "9" * 15, "9" * 16),
    *("1." + "0" * 12, "1." + "0" * 13, "-" + "9" * 15 + "." + "9" * 12, "1" * 400, "1" * 5000),
    *("1/2", "10%", "1.2.3", "1..2", "1;2", "[1]", "{}", '"1"', "'1'", "1\\", "\\u0031"),
)
_ODD_TOKENS: Final = (
    *("0", "-0", "1", "-1", "12345", "-12345", "999999999999999", "1000000000000000", "9" * 400),
    *("1" * 5000, "1.0", "1.5", "-0.0", "0.0", "1e0", "1e3", "1E+3", "-1e-3", "1e400", "1e-400"),
    # No JSON.
    *("+1", "01", "-01", "1.", ".5", "-.5", "1e", "0x10", "1_000", "1,000", "--1", "- 1", "1 2"),
    *(
        "NaN",
        "Infinity",
        "-Infinity",
        "nan",
        "inf",
        "None",
        "True",
        "undefined",
        "",
        "'1'",
        "\u0661",
    ),
    *(
        "tru",
        "nul",
        "nulll",
        "TRUE",
        "/**/1",
        "1//",
        '"1',
        '1"',
        '"\\x31"',
        '"\\u003"',
        '"\\ud800"',
    ),
    *('"\\ud83d\\udcb0"', '"\\udcb0\\ud83d"', '"\t1"', '"\n"', '"\x001"', '"\\u0000"', '"\\u0031"'),
    *("true", "false", "null", "[]", "{}", "[1]", '["1"]', '{"availableBalance":"1"}', "[[[]]]"),
)
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Xxx", "Monday")
_MONTHS: Final = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    *("Foo", "mar", "MAR", "03"),
)
_ZONES: Final = (
    "GMT",
    "GMT",
    "GMT",
    "UTC",
    "+0000",
    "-0000",
    "+9959",
    "-2400",
    "EST",
    "",
    "+99999",
)
_FOREIGN_WAITS: Final = ("\u0663\u0660", "\uff13\uff10", "\u0967", "1\u0660", "\u00b3", "\u00a030")
"""Digits of other scripts, which int() takes, and blanks that strip() takes."""
_ODD_WAITS: Final = (
    *("", " ", "0", "1", "30", " 30 ", "\t30", "00030", "-1", "+30", "1.5", "1e3", "0x1e", "30s"),
    *(
        "30, 60",
        "30;60",
        "soon",
        "never",
        "NaN",
        "inf",
        "9" * 9,
        "9" * 10,
    ),
    *("9" * 5000, "999999999", "1000000000", "-" + "9" * 30, "2026-03-29T01:31:30Z", "@1774747890"),
    *("Sun Mar 29 01:31:30 2026", "Sunday, 29-Mar-26 01:31:30 GMT", "29 Mar 2026 01:31:30 GMT"),
    *("Sun, 29 Mar 2026 01:31:30", "Sun, 29 Mar 2026", "Sun,29 Mar 2026 01:31:30 GMT", "GMT"),
    *(
        "Sun, 29 Mar 2026 01:31:30 GMT GMT",
        "(comment) 29 Mar 2026 01:31 GMT",
        "1 Jan 1 0:0:0 +2359",
    ),
    *(
        "31 Dec 9999 23:59:59 -2359",
        f"29 Mar {'9' * 20} 01:31:30 GMT",
        f"29 Mar 2026 01:31:30 +{'9' * 20}",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
    ),
)
_MOST_UNITS: Final = 10**15


def amount_text(rng: random.Random) -> str:
    """Return an amount as the vendor may write it, or something that only looks like one."""
    if rng.random() < 0.25:
        return rng.choice(_ODD_TEXTS)
    sign = rng.choice(("", "", "", "-", "+"))
    digits = str(rng.randrange(10 ** rng.choice((1, 2, 3, 5, 7, 9, 12, 15, 16))))
    zeros = "0" * rng.choice((0, 0, 0, 0, 1, 9))
    fraction = "" if rng.random() < 0.7 else "." + str(rng.randrange(10 ** rng.randint(1, 13)))
    return f"{sign}{zeros}{digits}{fraction}"


def plain_amount(rng: random.Random) -> str:
    """Return an amount that must be read, and exactly."""
    return f"{rng.choice(('', '', '-'))}{rng.randrange(_MOST_UNITS)}"


def any_value(rng: random.Random) -> Value:
    """Return a value of any kind for a field."""
    kind = rng.random()
    if kind < 0.4:
        return amount_text(rng)
    if kind < 0.75:
        return Token(rng.choice(_ODD_TOKENS))
    if kind < 0.85:
        sign, digits = rng.choice(("", "-")), rng.randrange(10 ** rng.randint(1, 16))
        return Token(f"{sign}{digits}")
    if kind < 0.95:
        return Token(number(rng))
    return rng.choice(((), Fields(()), (amount_text(rng),), Fields((("value", amount_text(rng)),))))


def number(rng: random.Random) -> str:
    """Return a number in any notation, JSON's or another's."""
    return "".join(
        (
            rng.choice(("", "", "-", "+")),
            rng.choice(("0", "00", "", "1", "12", "0x", str(rng.randrange(10**15)))),
            rng.choice(("", "", ".", ".0", ".5", ",5", "_0")),
            rng.choice(("", "", "e", "e5", "E-5", "e+400", "e-400", "E", "n", "L", "f")),
        )
    )


def reason(rng: random.Random) -> Value:
    """Return a reason: a documented one, nearly one, or another kind of thing."""
    known = rng.choice(REASONS)
    return rng.choice(
        (
            known,
            known,
            known,
            known.lower(),
            f" {known}",
            f"{known}\n",
            f"{known}X",
            known.replace("_", "-"),
            known.replace("A", "\u0410"),
            "R" * rng.choice((1, 63, 64, 65, 500)),
            "9REASON",
            "sk_live_secret",
            "<script>",
            "",
            None,
            Token("401"),
            Token("true"),
            (known,),
            Fields((("reason", known),)),
        )
    )


def wait(rng: random.Random) -> str:
    """Return what may stand in Retry-After."""
    kind = rng.random()
    if kind < 0.3:
        return str(rng.randrange(10 ** rng.randint(1, 12)))
    if kind < 0.4:
        return rng.choice(_FOREIGN_WAITS)
    if kind < 0.65:
        return rng.choice(_ODD_WAITS)
    day, year = (
        rng.choice((1, 28, 29, 30, 31, 32, 0)),
        rng.choice((1970, 1999, 2026, 2026, 9999, 26, 0)),
    )
    hour, minute, second = (
        rng.choice((0, 1, 23, 24)),
        rng.choice((0, 30, 60)),
        rng.choice((0, 59, 60, 61)),
    )
    return (
        f"{rng.choice(_WEEKDAYS)}, {day:02} {rng.choice(_MONTHS)} {year:04} "
        f"{hour:02}:{minute:02}:{second:02} {rng.choice(_ZONES)}"
    )
