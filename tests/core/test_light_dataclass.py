"""The light dataclass beside Python's own: the same class to whoever uses it."""

from __future__ import annotations

import dataclasses
import gc
import re
from dataclasses import FrozenInstanceError, field, replace
from pathlib import Path

import pytest

import tray_app
from tray_app.core.light_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Light:
    number: int
    word: str = "w"
    secret: str = field(default="", repr=False)
    note: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Other:
    number: int
    word: str = "w"
    secret: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Empty:
    pass


@dataclass(frozen=True, slots=True)
class AlsoEmpty:
    pass


@dataclass(frozen=True, slots=True)
class Worded:
    number: int

    def __repr__(self) -> str:
        return "in its own words"


@dataclass(frozen=True, slots=True)
class Heir(Light):
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    number: int


def test_values_are_equal_by_what_is_compared() -> None:
    assert Light(1, "a", "s") == Light(1, "a", "s", note="n")
    assert hash(Light(1, "a", "s")) == hash(Light(1, "a", "s", note="n"))
    assert Light(1) != Light(2)
    assert Light(1, secret="a") != Light(1, secret="b")
    assert Light(1) != Other(1)  # type: ignore[comparison-overlap]  # which is what is tried
    assert Light(1) != Heir(1)
    assert Light(1) != 1  # type: ignore[comparison-overlap]  # likewise
    assert Empty() == Empty()
    assert len({Empty(), Empty(), AlsoEmpty()}) == 2


def test_the_hash_is_pythons() -> None:
    assert hash(Light(1, "a", "s")) == hash((1, "a", "s"))


def test_a_secret_is_not_shown() -> None:
    assert repr(Light(1, "a", "s", "n")) == "Light(number=1, word='a', note='n')"
    assert (repr(Empty()), repr(Worded(1))) == ("Empty()", "in its own words")
    assert repr(Heir(1, more=2)) == "Heir(number=1, word='w', note='', more=2)"


@pytest.mark.parametrize("name", ["number", "another"])
def test_nothing_can_be_changed(name: str) -> None:
    value = Light(1)
    with pytest.raises(FrozenInstanceError):
        setattr(value, name, 2)
    with pytest.raises(FrozenInstanceError):
        delattr(value, name)
    assert not hasattr(value, "__dict__")
    assert value == Light(1)


def test_it_is_made_replaced_and_matched_like_any_other() -> None:
    assert replace(Light(1), word="b") == Light(1, "b")
    assert Named(number=1) == Named(number=1)
    with pytest.raises(TypeError):
        Named(1)  # type: ignore[call-arg]  # which is what is tried
    match Light(1, "a"):
        case Light(number, "a"):
            assert number == 1
        case _:
            pytest.fail("no match")
    assert dataclasses.astuple(Light(1)) == (1, "w", "", "")
    assert dataclasses.is_dataclass(Light)


def test_the_class_without_slots_is_gone() -> None:
    gc.collect()
    classes = [each for each in gc.get_objects() if isinstance(each, type)]
    assert len([each for each in classes if each.__qualname__ == "Light"]) == 1


def test_the_program_has_no_heavy_ones() -> None:
    """But the simulator, which stands alone, and a file that has others besides."""
    python_own = re.compile(r"^from dataclasses import .*\bdataclass\b", re.MULTILINE)
    root = Path(tray_app.__file__).parent
    heavy = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if python_own.search(text := path.read_text("utf-8"))
        and "@dataclass(frozen=True, slots=True)" in text
        and path.relative_to(root).parts[0] != "simulator"
    }
    assert heavy == {"core/history_by_day.py"}
