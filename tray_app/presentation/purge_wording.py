"""What ``novita-tray purge`` says: plain English, as all of the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tray_app.core.account_name import DEFAULT_ACCOUNT
from tray_app.presentation.autostart_wording import autostart_trouble
from tray_app.presentation.problem_wording import Surface, problem_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tray_app.core.purge import PurgeOutcome, PurgePlan


def plan_text(plan: PurgePlan) -> str:
    """Return what is removed and what stays."""
    lines = ["This is removed for good:"]
    if plan.accounts:
        lines.append(f"  in the keyring: {_keys(plan.accounts)}, if there")
    if plan.autostart_entry is not None:
        lines.append(f"  the start at login: {plan.autostart_entry}")
    lines += [f"  {path}" for path in plan.files]
    if len(lines) == 1:
        lines = ["Nothing of this program was found."]
    stays = [f"  {path}" for path in plan.foreign]
    if plan.shared_accounts:
        keys = _keys(plan.shared_accounts)
        stays.append(f"  in the keyring: {keys}, which is used outside NOVITA_TRAY_HOME, too")
    if stays:
        lines += ["This stays, since it is not this program's, or not its alone:", *stays]
    return "\n".join(lines)


def purge_question() -> str:
    """Return what is asked before anything is removed."""
    return "Remove it? [y/N] "


def purge_unasked_text() -> str:
    """Return what is said where nobody can be asked."""
    return "Nothing was removed: nobody can be asked here. Add --yes to remove it all the same."


def purge_declined_text() -> str:
    """Return what is said to whoever said no."""
    return "Nothing was removed."


def tray_runs_text() -> str:
    """Return why nothing is removed beside a running tray."""
    return "A tray runs, and would write anew. End it with novita-tray quit, then run this again."


def outcome_text(outcome: PurgeOutcome) -> str:
    """Return what became of it, and what can be done about the rest."""
    removed = [_count(outcome.files_removed)]
    if outcome.keys_removed:
        removed.append(_keys(outcome.keys_removed))
    lines = [f"Removed: {', '.join(removed)}."]
    for account, problem in outcome.keys_left:
        reason = problem_sentence(problem, Surface.TERMINAL)
        lines.append(f"May still be there: {_keys((account,))} in the keyring. {reason}")
    if outcome.keys_left:
        lines.append("Then run this again, or remove the keyring's entries novita-tray yourself.")
    if outcome.autostart_trouble is not None:
        lines.append(f"Stays: the start at login. {autostart_trouble(outcome.autostart_trouble)}")
    lines += [f"Stays: {path} ({reason})" for path, reason in outcome.files_left]
    return "\n".join(lines)


def _keys(accounts: Sequence[str]) -> str:
    if list(accounts) == [DEFAULT_ACCOUNT]:
        return "the API key"
    if len(accounts) == 1:
        return f"the API key of {accounts[0]}"
    return f"the API keys of {', '.join(accounts)}"


def _count(files: int) -> str:
    return "1 file" if files == 1 else f"{files} files"
