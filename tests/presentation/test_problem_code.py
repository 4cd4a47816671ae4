from __future__ import annotations

import pytest

from tests.core.samples import PROBLEMS
from tests.presentation.test_history_wording import EVERY as HISTORY_PROBLEMS
from tray_app.core.problem import (
    BlockedBeforeApi,
    CertificateFault,
    CertificateRejected,
    ConnectionFault,
    KeyringFailed,
    KeyringLocked,
    KeyringMissing,
    KeyringRefused,
    NoKey,
    Offline,
    PermissionLacking,
    Problem,
    ProxyFailed,
    ProxyFault,
    RateLimited,
    ServerTrouble,
    TimedOut,
    UnexpectedReply,
    WrongKey,
)
from tray_app.presentation.problem_code import HISTORY_MISSING, history_problem_code, problem_code


@pytest.mark.parametrize(
    ("problem", "word", "exit_code"),
    [
        (NoKey(), "no_key", 3),
        (WrongKey("X"), "wrong_key", 4),
        (PermissionLacking("X"), "permission_lacking", 5),
        (BlockedBeforeApi(403), "blocked", 5),
        (RateLimited(None), "rate_limited", 6),
        (Offline(ConnectionFault.REFUSED), "offline", 7),
        (ProxyFailed(ProxyFault.REFUSED), "proxy_failed", 7),
        (CertificateRejected(CertificateFault.EXPIRED), "certificate_rejected", 7),
        (TimedOut(), "timed_out", 7),
        (ServerTrouble(500, "X"), "server_trouble", 8),
        (UnexpectedReply("x"), "unexpected_reply", 9),
        (KeyringLocked(), "keyring_locked", 10),
        (KeyringMissing(), "keyring_missing", 10),
        (KeyringRefused(), "keyring_refused", 10),
        (KeyringFailed(), "keyring_failed", 10),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_word_and_exit_code_of_each_problem_stay_as_they_were_published(
    problem: Problem, word: str, exit_code: int
) -> None:
    assert (problem_code(problem).word, problem_code(problem).exit_code) == (word, exit_code)


def test_a_word_tells_the_kind_of_a_problem() -> None:
    kinds = {(type(problem), problem_code(problem).word) for problem in PROBLEMS}
    assert len(kinds) == len({kind for kind, _ in kinds}) == len({word for _, word in kinds})


def test_troubles_of_the_history_have_words_of_their_own_and_one_exit_code() -> None:
    codes = [HISTORY_MISSING, *map(history_problem_code, HISTORY_PROBLEMS)]
    assert [code.word for code in codes] == [
        "history_missing",
        "history_disk_full",
        "history_busy",
        "history_read_only",
        "history_damaged",
        "history_foreign",
        "history_too_new",
        "history_clock_behind",
        "history_failed",
    ]
    assert {code.exit_code for code in codes} == {12}
