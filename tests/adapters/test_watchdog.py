from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from tray_app.adapters.watchdog import Watchdog

LONG = timedelta(hours=1)
SOON = timedelta(milliseconds=1)
WITHIN = 10.0


@pytest.fixture
def watchdog() -> Watchdog:
    return Watchdog()


def threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "watchdog"]


def test_what_takes_too_long_is_told_once_and_elsewhere(watchdog: Watchdog) -> None:
    told: list[threading.Thread] = []
    expired = threading.Event()

    def expire() -> None:
        told.append(threading.current_thread())
        expired.set()

    watchdog.watch(SOON, expire)
    assert expired.wait(WITHIN)
    assert told == [watchdog._thread] != [threading.current_thread()]
    watchdog.rest()
    watchdog.end()
    assert len(told) == 1


def test_what_has_ended_in_time_is_not_told(watchdog: Watchdog) -> None:
    late, other = threading.Event(), threading.Event()
    watchdog.watch(SOON * 50, late.set)
    watchdog.rest()
    # The one thread tells in the order of the moments: behind this one, the first would be told.
    watchdog.watch(SOON * 100, other.set)
    assert other.wait(WITHIN)
    assert not late.is_set()
    watchdog.end()


def test_one_thread_serves_all_and_ends(watchdog: Watchdog) -> None:
    # Another test's may be about to end.
    before = threads()
    for _ in range(20):
        watchdog.watch(LONG, lambda: None)
        watchdog.rest()
    (thread,) = (each for each in threads() if each not in before)
    watchdog.end()
    thread.join(WITHIN)
    assert not thread.is_alive()


def test_after_its_end_it_watches_anew(watchdog: Watchdog) -> None:
    watchdog.watch(LONG, lambda: None)
    watchdog.end()
    expired = threading.Event()
    watchdog.watch(SOON, expired.set)
    assert expired.wait(WITHIN)
    watchdog.end()


def test_another_limit_takes_the_place_of_the_one_before(watchdog: Watchdog) -> None:
    expired = threading.Event()
    watchdog.watch(LONG, lambda: None)
    watchdog.watch(SOON, expired.set)
    assert expired.wait(WITHIN)
    watchdog.end()


def test_where_the_system_had_no_thread_left_the_next_one_is_watched(
    watchdog: Watchdog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def start(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patched:
        patched.setattr(threading.Thread, "start", start)
        with pytest.raises(RuntimeError):
            watchdog.watch(SOON, lambda: None)
    expired = threading.Event()
    watchdog.watch(SOON, expired.set)
    assert expired.wait(WITHIN)
    watchdog.end()
