"""What `--help` says below the options: exit codes, fields, lines to paste."""

from __future__ import annotations

from typing import Final

_EXIT_CODES: Final = """\
exit codes of the commands:
  0 read   1 the answer could not be written   2 usage   3 no key   4 wrong key
  5 key lacks permission, or blocked   6 rate limited   7 offline or timed out
  8 server trouble   9 unexpected reply   10 keyring locked, missing, refused or failed
  12 the history is missing, or its file is in trouble
  13 the tray does not start at login   14 that could not be read or changed
  15 no tray runs (status, quit), or it has no figure yet (status)
  16 the key is stored, but its account could not be added to the settings
  17 nothing was removed: a tray runs, or you said no (purge)   18 something stays (purge)
exit codes of the tray:
  0 ended, or the one that runs already came forward   1 could not start
  11 another one runs and does not answer (status and quit, too)

doctor ends with 0 if all that is needed works, else with 1.

NOVITA_API_KEY in the environment overrides the key in the keyring.
"""
_FORMAT_FIELDS: Final = """\
fields of --format, in braces; {{ and }} are braces themselves, \\n and \\t a line's end and a tab:
  available, cash, credit_limit   dollars, exact; {available:.2f} rounds down, never up
  pending_charges, owed           dollars, exact; {owed:.2f} rounds up, never down
  level          healthy, low, critical or empty
  runway         how long it lasts: about 9 days    runway_short   the same in the icon's signs: 9d
  runway_days    the same as a number: 9.2          age_seconds    of the figure
  taken_at       when it was read (UTC); {taken_at:%H:%M} is your clock's time
  account        its name                           problem        such as offline, or empty
Behind a colon stand alignment and width, of numbers also sign, comma and decimals: {cash:>9,.2f}.
What is not known is empty.
"""
_COMPLETION_LINES: Final = """\
bash: eval "$(novita-tray completion bash)"        in ~/.bashrc
zsh:  source <(novita-tray completion zsh)         in ~/.zshrc, after compinit
fish: novita-tray completion fish > ~/.config/fish/completions/novita-tray.fish
"""
_DOCTOR_LINES: Final = """\
each line begins with
  ok   it works
  !    a warning: it works, but less well, or not for long
  !!   the icon with a current balance cannot be shown before this is mended
  -    not looked at, because of another line
and what to do stands behind "->".

exit codes:
  0 all that is needed works   1 something failed (!!)   2 usage

It asks Novita once, as the tray does, and opens no prompt of the keyring.
"""
_AUTOSTART_CODES: Final = """\
The system's own entry is all that remembers it: an entry in the desktop's autostart folder, a
LaunchAgent, or a value in the Run key. Whatever you or the system's settings do to it holds.

exit codes:
  0 done; with status: on   2 usage   13 with status: off
  14 the entry could not be read or changed, or NOVITA_TRAY_HOME is set, with which none is made
"""
_QUIT_CODES: Final = """\
exit codes:
  0 it has ended   2 usage   11 it does not answer, or has not ended   15 none runs
"""
_PURGE_CODES: Final = """\
It lists what it found and asks before it removes anything. What you exported, and files in the
program's folders that are not its own, stay; the latter are named.

exit codes:
  0 nothing of this program's is left   2 usage, also where nobody can be asked without --yes
  17 nothing was removed: a tray runs, or you said no   18 something stays, and is named
"""

BELOW_OPTIONS: Final = {
    "": _EXIT_CODES,
    "balance": f"{_FORMAT_FIELDS}\n{_EXIT_CODES}",
    "status": f"{_FORMAT_FIELDS}\n{_EXIT_CODES}",
    "doctor": _DOCTOR_LINES,
    "quit": _QUIT_CODES,
    "purge": _PURGE_CODES,
    "completion": _COMPLETION_LINES,
    "history": _EXIT_CODES,
    "runway": _EXIT_CODES,
    "autostart": _AUTOSTART_CODES,
}
"""By command; the program itself has none."""
