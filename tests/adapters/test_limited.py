from __future__ import annotations

import threading
from datetime import timedelta

from tests.adapters.asking import AMPLE
from tray_app.adapters.limited import LimitedQuestion
from tray_app.core.checkup import Broken, Unfinished

LIMIT = timedelta(seconds=AMPLE)


def test_the_answer_is_what_was_returned() -> None:
    assert LimitedQuestion("sum", LIMIT, lambda: 40 + 2).answer() == 42


def test_it_is_asked_at_once_and_only_once() -> None:
    asked = []
    done = threading.Event()

    def ask() -> str:
        asked.append("?")
        done.set()
        return "!"

    question = LimitedQuestion("once", LIMIT, ask)
    assert done.wait(AMPLE)
    assert (question.answer(), question.answer()) == ("!", "!")
    assert asked == ["?"]


def test_one_that_hangs_is_left_behind_and_keeps_nobody_from_ending() -> None:
    release = threading.Event()
    limit = timedelta(milliseconds=50)
    question = LimitedQuestion("hanging", limit, release.wait)
    try:
        assert question.answer() == Unfinished(limit)
        (thread,) = [thread for thread in threading.enumerate() if thread.name == "hanging"]
        assert thread.daemon
    finally:
        release.set()
    thread.join(AMPLE)


def test_one_that_breaks_tells_the_kind_of_error_and_never_its_text() -> None:
    def break_off() -> None:
        raise KeyError("sk_secret")

    answer = LimitedQuestion("broken", LIMIT, break_off).answer()
    assert answer == Broken("KeyError")
    assert "sk_secret" not in repr(answer)
