"""Configurations and settings files of any kind, to be drawn from."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path
from typing import Final

from hypothesis import strategies as st

from tray_app.core.alert_rules import MOST_AMOUNTS, AlertRules, QuietHours
from tray_app.core.configuration import (
    Account,
    Configuration,
    Language,
    ProxyChoice,
    ProxyKind,
)
from tray_app.core.level import Thresholds
from tray_app.core.money import Usd
from tray_app.core.settings import (
    LONGEST_INTERVAL,
    LONGEST_LASTING,
    SHORTEST_INTERVAL,
    IconStyle,
    Settings,
)

PROXY: Final = "http://me:s3cret-log-in@proxy.example:3128"
FULL: Final = """\
# my settings
schema = 1
refresh_minutes = 10    # not too often
favourite = "kept"

[icon]
style = 'days' # how long

# said of levels
[levels]
low_dollars = 20
critical_dollars = "2.50"

[ alerts ]
below_dollars = [
    20, # first
    2.5,
]
quiet_from = 22:00:00
quiet_until = "7:00"

[theirs]
"a b".c = [1, {x = 2}]

# the one at work
[accounts.work]
note = "mine"

[accounts.work.budgets]
daily_dollars = 3

[accounts.home.levels]
low_dollars = 5.0
"""
"""Every way to write that people use, with comments and keys of their own."""
SHAPES: Final = (
    FULL,
    FULL.replace("\n", "\r\n"),
    "\ufeff" + FULL,
    "",
    "# nothing but this",
    'icon.style = "days"\nicon.mine = 1\naccounts.work = {}\naccounts.home = {mine = 1}\n',
    "icon = {hide_amounts = true}\nlevels = {}\n[accounts]\nwork.levels.low_dollars = 9\n",
    "[accounts.work]\n[icon]\n# c\n[accounts.home]\n[levels]\nx = 1",
    "levels = 5\nalerts = []\n\naccounts = 'none'\n",
    "[accounts.work.levels]\n# a\n[icon]\n[accounts.home]\n[levels]\n[accounts.work.alerts]\n# b\n",
    "refresh_minutes = nan\nlanguage = 'de'\n[accounts.'sk_live_secret']\n[accounts.work]\n",
)
"""Files of many shapes, some of them with wrong values."""

_amounts: Final = st.one_of(
    st.integers(1, 10**6).map(Usd.of_cents), st.integers(1, 10**30).map(Usd)
)
_times: Final = st.timedeltas(timedelta(microseconds=1), LONGEST_LASTING)
_hours: Final = st.one_of(
    st.times(),
    st.builds(time, st.integers(0, 23), st.integers(0, 59)),
)
_names: Final = st.one_of(
    st.sampled_from(["default", "work", "home", "acme.corp", "1st", "levels", "true"]),
    st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}", fullmatch=True).filter(
        lambda name: not name.lower().startswith(("sk_", "sk-")) and name != "least-time"
    ),
)


@st.composite
def _thresholds(draw: st.DrawFn) -> Thresholds:
    critical, low = sorted(draw(st.tuples(_amounts, _amounts)))
    critical_time, low_time = sorted(draw(st.tuples(_times, _times)))
    return Thresholds(low, critical, low_time, critical_time)


@st.composite
def _rules(draw: st.DrawFn) -> AlertRules:
    below = draw(st.sets(_amounts, max_size=MOST_AMOUNTS))
    ends = draw(st.none() | st.lists(_hours, min_size=2, max_size=2, unique=True))
    return AlertRules(
        enabled=draw(st.booleans()),
        below=tuple(sorted(below, reverse=True)),
        lasts_less=draw(st.none() | _times),
        daily_budget=draw(st.none() | _amounts),
        monthly_budget=draw(st.none() | _amounts),
        spike=draw(st.booleans()),
        key_rejected=draw(st.booleans()),
        no_fresh_figure=draw(st.booleans()),
        top_up=draw(st.booleans()),
        quiet_hours=None if ends is None else QuietHours(*ends),
    )


@st.composite
def configurations(draw: st.DrawFn) -> Configuration:
    """Draw what the file can say; most values are the defaults, as with most people."""
    interval = draw(
        st.just(timedelta(minutes=5)) | st.timedeltas(SHORTEST_INTERVAL, LONGEST_INTERVAL)
    )
    icon_style, hides_amounts = draw(st.sampled_from(IconStyle)), draw(st.booleans())
    alike = draw(st.none() | st.tuples(_thresholds(), _rules()))
    several = st.lists(_names, min_size=1, max_size=4, unique_by=str.casefold)
    names = draw(st.just(["default"]) | several)
    accounts = []
    for name in names:
        thresholds, alerts = alike or draw(
            st.tuples(st.just(Thresholds()) | _thresholds(), st.just(AlertRules()) | _rules())
        )
        settings = Settings(
            refresh_interval=interval,
            thresholds=thresholds,
            alerts=alerts,
            icon_style=icon_style,
            hides_amounts=hides_amounts,
        )
        accounts.append(Account(name, settings))
    return Configuration(
        accounts=tuple(accounts),
        shown_account=draw(st.none() | st.sampled_from(names)),
        language=draw(st.sampled_from(Language)),
        proxy=draw(
            st.sampled_from(
                [
                    ProxyChoice(),
                    ProxyChoice(ProxyKind.NONE),
                    ProxyChoice(ProxyKind.ADDRESS, PROXY),
                    ProxyChoice(ProxyKind.ADDRESS, "socks5://[::1]:1080"),
                ]
            )
        ),
        alert_command=draw(
            st.just("")
            | st.text(st.characters(exclude_categories=["Cc", "Cs"])).map(
                lambda name: f"{Path.cwd().anchor}bin/{name}"
            )
        ),
    )
