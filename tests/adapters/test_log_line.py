from __future__ import annotations

import logging
import re
import sys
import time

import pytest

from tray_app.adapters.log_line import LONGEST_RECORD, LogLine


def line_of(message: object, *arguments: object, error: BaseException | None = None) -> str:
    info = None if error is None else (type(error), error, error.__traceback__)
    record = logging.LogRecord(
        "tray_app.x", logging.INFO, __file__, 1, message, arguments or None, info
    )
    return LogLine().format(record)


@pytest.mark.skipif(sys.platform == "win32", reason="the zone cannot be set there")
def test_times_are_utc_whatever_the_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    record = logging.LogRecord("tray_app.x", logging.WARNING, "", 1, "text", None, None)
    record.created = 1_777_636_800.1234
    monkeypatch.setenv("TZ", "Pacific/Apia")
    time.tzset()
    try:
        assert LogLine().format(record) == "2026-05-01T12:00:00.123Z WARNING tray_app.x: text"
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("key sk_Ab-9_z!", "key sk_…!"),
        ("Authorization: Bearer abc.def", "Authorization: Bearer …"),
        ("Proxy-Authorization: Basic dXNlcjpwYXNz==", "Proxy-Authorization: Basic …"),
        ("proxy http://user:p@ss@host:1/", "proxy http://…@host:1/"),
        ("socks5://user:pass@host", "socks5://…@host"),
        ("http://host:1/ is fine", "http://host:1/ is fine"),
    ],
)
def test_what_looks_like_a_secret_is_not_told(written: str, told: str) -> None:
    assert line_of("%s", written).endswith(f": {told}")


def test_a_long_text_is_searched_for_secrets_in_no_time() -> None:
    begun = time.process_time()
    line_of("%s", "://" * 100_000)
    # Looking from each "://" to the end took minutes.
    assert time.process_time() - begun < 5


def test_errors_are_told_without_their_messages() -> None:
    try:
        raise ValueError("sent the body")  # noqa: TRY301 — its traceback is wanted
    except ValueError as error:
        text = line_of("failed", error=error)
    assert "ValueError" in text
    assert "test_errors_are_told_without" in text
    assert not re.search(r"(?m)^\s*ValueError: ", text)


def test_one_record_cannot_pass_for_two_nor_speak_to_the_terminal() -> None:
    text = line_of("one\n2026-05-01T12:00:00.123Z INFO two\r\x1b[2Jx\u2028")
    assert [line[:4] for line in text.splitlines()[1:]] == ["    "]
    assert "\\x0d\\x1b[2Jx\\x2028" in text


def test_an_endless_record_keeps_its_begin_and_its_end() -> None:
    text = line_of("begin" + "x" * 1_000_000 + "end")
    assert "begin" in text
    assert text.endswith("end")
    assert len(text) < LONGEST_RECORD + 200


def test_a_record_that_cannot_be_completed_is_told_as_far_as_it_goes() -> None:
    class Broken:
        def __str__(self) -> str:
            raise RuntimeError("sk_secret")

    assert line_of("%d of %s", 1).endswith("%d of %s (which could not be completed: TypeError)")
    assert line_of("%s", Broken()).endswith("%s (which could not be completed: RuntimeError)")
