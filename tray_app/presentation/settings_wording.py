"""What is wrong with the settings file, in sentences: of one value, and of the file as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from tray_app.core.settings_fault import (
    Mismatch,
    MoreThan,
    NeedsAmounts,
    NeedsNumber,
    NeedsPartner,
    NeedsPositive,
    NeedsWord,
    SameAs,
    TooManyAccounts,
)
from tray_app.core.settings_problem import (
    SettingsDiskFull,
    SettingsNotToml,
    SettingsNotWritten,
    SettingsReadOnly,
    SettingsTooLarge,
    SettingsTooNew,
    SettingsUnreadable,
)
from tray_app.presentation.problem_wording import ProblemText
from tray_app.presentation.translation import tr

if TYPE_CHECKING:
    from tray_app.core.settings_fault import SettingsFault, SettingsFaultKind
    from tray_app.core.settings_problem import SettingsProblem

_MOST_SENTENCES: Final = 6


def settings_fault_text(fault: SettingsFault) -> str:
    """Return one sentence: where, what belongs there, and what is used instead."""
    place, what = fault.key, _what(fault.what)
    if fault.line is not None:
        place = tr("Line {line}, {key}", line=fault.line, key=fault.key)
    if fault.used:
        return tr("{place}: {what}. {used} is used.", place=place, what=what, used=fault.used)
    return tr("{place}: {what}.", place=place, what=what)


def settings_problem_text(problem: SettingsProblem) -> ProblemText:
    """Return why the file cannot be read or written, and what to do about it."""
    match problem:
        case SettingsUnreadable():
            return ProblemText(tr("The settings file cannot be read"), tr("Check its permissions"))
        case SettingsTooLarge():
            return ProblemText(tr("The settings file is far too large"), tr("Look into it"))
        case SettingsNotToml(None):
            return ProblemText(
                tr("The settings file is not valid TOML"), tr("Correct it in an editor")
            )
        case SettingsNotToml(line):
            return ProblemText(
                tr("The settings file is not valid TOML: line {line}", line=line),
                tr("Correct it in an editor"),
            )
        case SettingsTooNew():
            return ProblemText(
                tr("A later version of this program wrote the settings file"),
                tr("Update this program"),
            )
        case SettingsDiskFull():
            return ProblemText(
                tr("No room on the disk to save the settings"), tr("Free some space")
            )
        case SettingsReadOnly():
            return ProblemText(
                tr("The settings file cannot be written to"), tr("Check its permissions")
            )
        case SettingsNotWritten():
            return ProblemText(
                tr("The settings could not be saved"), tr("Change the file in an editor")
            )
        case _:
            assert_never(problem)


def _what(what: SettingsFaultKind) -> str:
    match what:
        case Mismatch():
            return _mismatch(what)
        case NeedsNumber(least, most) if least == most:
            return tr("must be {least}", least=least)
        case NeedsNumber(least, most):
            return tr("must be a number from {least} to {most}", least=least, most=most)
        case NeedsPositive(most):
            return tr("must be a number above 0, at most {most}", most=most)
        case NeedsAmounts(most):
            return tr("must be a list of dollar amounts above 0, at most {most}", most=most)
        case NeedsWord(words):
            return tr("must be one of {words}", words=", ".join(f'"{word}"' for word in words))
        case NeedsPartner(partner):
            return tr("means nothing without {key}", key=partner)
        case MoreThan(other):
            return tr("must not be above {key}", key=other)
        case SameAs(other):
            return tr("must not be the same as {key}", key=other)
        case TooManyAccounts(most):
            return tr("left out, since there can be at most {most} accounts", most=most)
        case _:
            assert_never(what)


def _mismatch(what: Mismatch) -> str:
    match what:
        case Mismatch.AMOUNT:
            return tr("must be a dollar amount above 0")
        case Mismatch.AMOUNT_OR_ZERO:
            return tr("must be a dollar amount, or 0 for none")
        case Mismatch.YES_OR_NO:
            return tr("must be true or false")
        case Mismatch.TIME:
            return tr('must be a time such as "22:00"')
        case Mismatch.ABSOLUTE_PATH:
            return tr("must be the absolute path of a program")
        case Mismatch.PROXY:
            return tr('must be "system", "none" or an address such as "http://proxy.example:3128"')
        case Mismatch.TABLE:
            return tr("must be a table")
        case Mismatch.ACCOUNT:
            return tr('must be the name of an account, or "least-time"')
        case Mismatch.ACCOUNT_NAME:
            return tr(
                "left out: an account’s name has 1 to 32 letters, digits, dots, hyphens or "
                "underscores, and is no key"
            )
        case Mismatch.KNOWN:
            return tr("not known, and left alone")
        case _:
            assert_never(what)


def several_troubles(sentences: tuple[str, ...]) -> str:
    """Return what is wrong with the file, a line each, as far as a window has room."""
    lines = [*sentences[:_MOST_SENTENCES]]
    if len(sentences) > _MOST_SENTENCES:
        lines.append(tr("And %n more.", n=len(sentences) - _MOST_SENTENCES))
    return "\n".join(lines)


def settings_trouble(problem: SettingsProblem) -> str:
    """Return the same as two sentences."""
    text = settings_problem_text(problem)
    return tr("{title}. {step}.", title=text.title, step=text.next_step)
