r"""A line as the user wants it: ``--format '{available:.2f} {level}'``.

The fields are a closed set, and what may stand behind the colon is checked before anything is
asked. Nothing is looked up in an object, so no text leads to one: ``{available.x}``, ``{0}`` and
``{available[0]}`` are refused as fields that do not exist.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from string import Formatter
from typing import TYPE_CHECKING, Final, TypeAlias, assert_never

from tray_app.core.iso_time import iso_time
from tray_app.core.light_dataclass import dataclass
from tray_app.core.runway import Lasting
from tray_app.core.status import age_of
from tray_app.presentation.runway_wording import about_text, runway_glyphs

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

    from tray_app.core.money import Usd
    from tray_app.core.reading import BalanceReading
    from tray_app.presentation.account_report import AccountReport

_ALIGN: Final = "(?:.?[<>^])?"
_WIDTH: Final = r"(?P<width>(?:[1-9][0-9]{0,2})?)"
_NUMBER_SPEC: Final = re.compile(rf"{_ALIGN}[-+ ]?0?{_WIDTH},?(?:\.(?P<places>[0-9]|1[0-6]))?f?")
_COUNT_SPEC: Final = re.compile(rf"{_ALIGN}[-+ ]?0?{_WIDTH},?d?")
_TEXT_SPEC: Final = re.compile(rf"{_ALIGN}{_WIDTH}(?:\.[0-9]{{1,3}})?s?")
_CLOCK_SIGN: Final = "%"
_SAMPLE: Final = datetime(2026, 11, 28, 14, 5, tzinfo=UTC)
_DAY_MICROSECONDS: Final = 86_400_000_000
_DAYS_PLACES: Final = 1
_ESCAPES: Final = {r"\n": "\n", r"\t": "\t", r"\\": "\\"}


class InvalidFormatError(ValueError):
    """The format cannot be used; the message never repeats it."""


@dataclass(frozen=True, slots=True)
class _Amount:
    """Written by a spec of decimals; rounded up where the user owes it, else down."""

    of: Callable[[BalanceReading], Usd | None]
    up: bool = False


@dataclass(frozen=True, slots=True)
class _Days:
    of: Callable[[AccountReport], timedelta | None]


@dataclass(frozen=True, slots=True)
class _Count:
    of: Callable[[AccountReport, datetime], int | None]


@dataclass(frozen=True, slots=True)
class _Moment:
    """When the reading was taken; its spec may be a clock's."""


@dataclass(frozen=True, slots=True)
class _Text:
    of: Callable[[AccountReport], str | None]


_Field: TypeAlias = _Amount | _Days | _Count | _Moment | _Text


def _lasts(report: AccountReport) -> timedelta | None:
    return report.runway.middle if isinstance(report.runway, Lasting) else None


def _age_seconds(report: AccountReport, now: datetime) -> int | None:
    age = None if report.reading is None else age_of(report.reading, now)
    return None if age is None else age // timedelta(seconds=1)


def _about(report: AccountReport) -> str | None:
    lasts = _lasts(report)
    return None if lasts is None else about_text(lasts)


def _short(report: AccountReport) -> str | None:
    lasts = _lasts(report)
    return None if lasts is None else runway_glyphs(lasts)


def _level(report: AccountReport) -> str | None:
    return None if report.level is None else report.level.value


def _problem(report: AccountReport) -> str | None:
    return None if report.problem is None else report.problem.word


_FIELDS: Final[dict[str, _Field]] = {
    "available": _Amount(lambda reading: reading.available),
    "cash": _Amount(lambda reading: reading.cash),
    "credit_limit": _Amount(lambda reading: reading.credit_limit),
    "pending_charges": _Amount(lambda reading: reading.pending_charges, up=True),
    "owed": _Amount(lambda reading: reading.outstanding_invoices, up=True),
    "level": _Text(_level),
    "runway": _Text(_about),
    "runway_short": _Text(_short),
    "runway_days": _Days(_lasts),
    "age_seconds": _Count(_age_seconds),
    "taken_at": _Moment(),
    "account": _Text(lambda report: report.account),
    "problem": _Text(_problem),
}

FIELD_NAMES: Final = tuple(_FIELDS)


@dataclass(frozen=True, slots=True)
class _Part:
    literal: str
    """What stands before the field."""
    field: _Field | None
    spec: str


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """A format that was understood; made by :meth:`of`."""

    _parts: tuple[_Part, ...]

    @classmethod
    def of(cls, text: str) -> ReportFormat:
        r"""Return the format; ``{{`` and ``}}`` are braces, ``\n``, ``\t`` and ``\\`` as in C.

        Raises InvalidFormatError.
        """
        unescaped = re.sub(r"\\[nt\\]", lambda match: _ESCAPES[match[0]], text)
        try:
            pieces = list(Formatter().parse(unescaped))
        except ValueError:
            raise InvalidFormatError("a brace without its other; {{ and }} are braces") from None
        return cls(tuple(_part_of(*piece) for piece in pieces))

    def line(self, report: AccountReport, now: datetime, zone: tzinfo) -> str:
        """Return the line at ``now`` (UTC), with clock times of that zone.

        What is not known is empty, as wide as it was asked to be.
        """
        return "".join(
            part.literal
            + ("" if part.field is None else _filled(part.field, part.spec, report, now, zone))
            for part in self._parts
        )


def _part_of(literal: str, name: str | None, spec: str | None, conversion: str | None) -> _Part:
    if name is None:
        return _Part(literal, None, "")
    field = _FIELDS.get(name)
    if field is None:
        raise InvalidFormatError(f"no such field; there are {', '.join(FIELD_NAMES)}")
    if conversion is not None:
        raise InvalidFormatError("a field takes a colon and a format, and no exclamation mark")
    if not _is_spec_of(field, spec or ""):
        raise InvalidFormatError(_SPEC_ADVICE)
    return _Part(literal, field, spec or "")


_SPEC_ADVICE: Final = (
    "behind a colon stand alignment and width; of amounts and runway_days also sign, comma and "
    "decimals such as .2f; of taken_at also a clock format such as %H:%M"
)


def _is_spec_of(field: _Field, spec: str) -> bool:
    match field:
        case _Amount() | _Days():
            return _NUMBER_SPEC.fullmatch(spec) is not None
        case _Count():
            return _COUNT_SPEC.fullmatch(spec) is not None
        case _Moment() if spec.startswith(_CLOCK_SIGN):
            return _is_clock_format(spec)
        case _Moment() | _Text():
            return _TEXT_SPEC.fullmatch(spec) is not None
        case _:
            assert_never(field)


def _is_clock_format(spec: str) -> bool:
    try:
        # Which signs there are is the system's to say.
        _SAMPLE.strftime(spec)
    except (ValueError, UnicodeError):
        return False
    return True


def _filled(field: _Field, spec: str, report: AccountReport, now: datetime, zone: tzinfo) -> str:
    match field:
        case _Amount(of, up):
            amount = None if report.reading is None else of(report.reading)
            return _empty(spec) if amount is None else _amount_text(amount, spec, up=up)
        case _Days(of):
            span = of(report)
            return _empty(spec) if span is None else _days_text(span, spec)
        case _Count():
            count = field.of(report, now)
            return _empty(spec) if count is None else format(count, spec)
        case _Moment():
            moment = None if report.reading is None else report.reading.taken_at
            if spec.startswith(_CLOCK_SIGN):
                return "" if moment is None else moment.astimezone(zone).strftime(spec)
            return format("" if moment is None else iso_time(moment), spec)
        case _Text():
            return format(field.of(report) or "", spec)
        case _:
            assert_never(field)


def _empty(spec: str) -> str:
    match = _NUMBER_SPEC.fullmatch(spec) or _COUNT_SPEC.fullmatch(spec)
    width = "" if match is None else match["width"]
    return " " * int(width or 0)


def _amount_text(amount: Usd, spec: str, *, up: bool) -> str:
    places = _places(spec)
    if places is None:
        return _number_text(Decimal(amount.decimal_text(min_places=2)), spec)
    steps = -(-amount).whole_steps(10**places) if up else amount.whole_steps(10**places)
    return _number_text(_decimal(steps, places), spec)


def _days_text(span: timedelta, spec: str) -> str:
    places = _places(spec)
    asked = _DAYS_PLACES if places is None else places
    steps = span // timedelta(microseconds=1) * 10**asked // _DAY_MICROSECONDS
    return _number_text(_decimal(steps, asked), spec)


def _number_text(number: Decimal, spec: str) -> str:
    # Without the letter ".2" would mean two digits in all.
    return format(number, spec if spec.endswith("f") else f"{spec}f")


def _places(spec: str) -> int | None:
    match = _NUMBER_SPEC.fullmatch(spec)
    return None if match is None or match["places"] is None else int(match["places"])


def _decimal(steps: int, places: int) -> Decimal:
    """Return ``steps`` of ``10**-places``, exactly, whatever precision decimal has elsewhere."""
    return Decimal((int(steps < 0), tuple(map(int, str(abs(steps)))), -places))
