from __future__ import annotations

import errno

import pytest

from tray_app.core.error_trace import error_name, error_trace

SECRET = "sk_in_a_message"


def _raised(error: BaseException, cause: BaseException | None = None) -> BaseException:
    try:
        raise error from cause  # noqa: TRY301 — it takes a raise to have a traceback
    except BaseException as caught:  # noqa: BLE001 — whatever was raised is what is wanted
        return caught


def test_type_and_place_are_told_and_the_message_is_not() -> None:
    text = error_trace(_raised(ValueError(SECRET)))
    assert text.endswith("ValueError")
    assert "in _raised" in text
    assert SECRET not in text


def test_what_lies_behind_it_is_told_as_well_without_its_message() -> None:
    behind = _raised(KeyError(SECRET))
    text = error_trace(_raised(ValueError("x"), behind))
    assert "ValueError\ncaused by" in text
    assert text.endswith("KeyError")
    assert SECRET not in text


def test_what_was_being_handled_is_told_unless_it_was_meant_to_be_hidden() -> None:
    def fail(*, hidden: bool) -> None:
        try:
            raise KeyError(SECRET)  # noqa: TRY301 — the same
        except KeyError:
            if hidden:
                raise ValueError(SECRET) from None
            raise ValueError(SECRET)  # noqa: B904 — the chain is what is tested

    for hidden in (False, True):
        with pytest.raises(ValueError, match=SECRET) as caught:
            fail(hidden=hidden)
        assert ("KeyError" in error_trace(caught.value).splitlines()) is not hidden


def test_a_chain_that_bites_its_tail_ends() -> None:
    one, two = _raised(ValueError()), _raised(KeyError())
    one.__cause__, two.__cause__ = two, one
    assert error_trace(one).count("caused by") == 1


def test_a_long_chain_and_a_deep_stack_are_cut() -> None:
    error = _raised(ValueError())
    for _ in range(100):
        error = _raised(ValueError(), error)

    def descend(depth: int) -> None:
        if depth:
            descend(depth - 1)
        raise ValueError from error

    with pytest.raises(ValueError, match=r"^$") as caught:
        descend(500)
    text = error_trace(caught.value)
    assert text.count("caused by") == 4
    assert len(text.splitlines()) < 200


def test_a_systems_error_keeps_its_number() -> None:
    assert error_name(OSError(errno.ENOSPC, SECRET)) == f"OSError (errno {errno.ENOSPC})"
    assert error_name(OSError(SECRET)) == "OSError"
