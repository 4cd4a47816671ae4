"""With the real binding, in processes of their own: it is imported once in each."""

from __future__ import annotations

import ast
import builtins
import json
import marshal
import os
import stat
import subprocess
import sys
import zlib
from importlib.util import MAGIC_NUMBER, source_hash
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tray_app.adapters.binding_code import FILE_NAME, BindingCode
from tray_app.tray_process import TrayProcess

if TYPE_CHECKING:
    from types import CodeType

ROOT = Path(__file__).parents[2]
NAME = "shibokensupport/part.py"

START = """
import json, sys
from pathlib import Path
from tray_app.adapters.binding_code import BindingCode
compiled = []
def note(event, arguments):
    if event == "compile" and str(arguments[1]).startswith("shibokensupport"):
        compiled.append(arguments[1])
sys.addaudithook(note)
code = BindingCode(Path(sys.argv[1]))
with code.used():
    from PySide6.QtCore import QTimer
code.save()
try:
    QTimer().start("soon")
except TypeError as error:
    print(json.dumps([len(compiled), str(error)]))
"""


@pytest.fixture(autouse=True)
def _may_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / FILE_NAME


def started(path: Path, *switches: str) -> list[object]:
    """Return how much the binding compiled, and what it says of a wrong argument."""
    environ = {n: value for n, value in os.environ.items() if n != "PYTHONDONTWRITEBYTECODE"}
    ended = subprocess.run(
        [sys.executable, *switches, "-c", START, str(path)],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env=environ,
        timeout=60,
        check=True,
    )
    told: list[object] = json.loads(ended.stdout)
    return told


def compiled(path: Path, source: bytes, name: str = NAME) -> CodeType:
    code = BindingCode(path)
    with code.used():
        made: CodeType = compile(source, name, "exec")
    code.save()
    return made


def plant(path: Path) -> None:
    """Write a file of which the code shows that it was taken."""
    code = BindingCode(path)
    key = (NAME, source_hash(b"x = 1"), annotations.compiler_flag)
    code._used = {key: compile("x = 'planted'", NAME, "exec")}
    code.save()


def value_of(code: CodeType) -> object:
    names: dict[str, object] = {}
    exec(code, names)  # noqa: S102 — what was compiled here
    return names["x"]


def test_the_binding_compiles_once_and_says_the_same_from_then_on(path: Path) -> None:
    first, *said_first = started(path)
    second, *said_second = started(path)
    assert isinstance(first, int)
    assert first > 5, "the binding compiles no longer: the workaround can go"
    assert second == 0
    assert said_second == said_first
    assert "QTimer.start(msec: int, /)" in str(said_first[0])


def test_a_python_that_leaves_out_more_keeps_its_own(path: Path) -> None:
    started(path)
    assert started(path, "-OO")[0] != 0
    assert started(path)[0] != 0


def test_another_source_is_compiled_anew_and_the_old_one_forgotten(path: Path) -> None:
    compiled(path, b"x = 'a long first one'")
    assert value_of(compiled(path, b"x = 2")) == 2
    assert b"a long first one" not in path.read_bytes()


def test_what_was_kept_is_used_and_not_written_again(path: Path) -> None:
    plant(path)
    before = path.stat()
    assert value_of(compiled(path, b"x = 1")) == "planted"
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize("where", [0, 4, 5, 9, 20, -1])
def test_a_file_that_is_not_whole_costs_time_alone(path: Path, where: int) -> None:
    compiled(path, b"x = 1")
    content = bytearray(path.read_bytes())
    whole = bytes(content)
    content[where] ^= 1
    for broken in (bytes(content), whole[:where], b"", b"\0" * 3_000_000):
        path.write_bytes(broken)
        assert value_of(compiled(path, b"x = 1")) == 1
        assert path.read_bytes() == whole


@pytest.mark.parametrize("code", [b"", b"\xff", b"(\xff\xff\xff\x7f", marshal.dumps([1])])
def test_what_is_no_bytecode_costs_time_alone_whatever_its_sum(path: Path, code: bytes) -> None:
    compiled(path, b"x = 1")
    whole = path.read_bytes()
    head = whole[: len(MAGIC_NUMBER) + 1]
    path.write_bytes(head + zlib.crc32(code).to_bytes(4) + code)
    assert value_of(compiled(path, b"x = 1")) == 1
    assert path.read_bytes() == whole


@pytest.mark.skipif(os.name != "posix", reason="permissions of files are POSIX's")
def test_what_others_can_write_is_not_run(path: Path) -> None:
    plant(path)
    path.chmod(0o620)
    assert value_of(compiled(path, b"x = 1")) == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("imports", "kept"), [("", 2), ("from __future__ import annotations", "1 + 1")]
)
def test_what_others_compile_is_none_of_its_business(
    path: Path, imports: str, kept: object
) -> None:
    code = BindingCode(path)
    inner = "def f(a: 1 + 1): ..."
    text = f"{imports}\nexec(compile({inner!r}, 'inner.py', 'exec'))"
    outer = compile(text, "outer.py", "exec", dont_inherit=True)
    names: dict[str, object] = {}
    with code.used():
        tree = compile("x = 1", NAME, "exec", ast.PyCF_ONLY_AST)
        exec(outer, names)  # noqa: S102 — what was compiled here
    code.save()
    assert isinstance(tree, ast.Module)
    assert getattr(names["f"], "__annotations__", None) == {"a": kept}
    assert not path.exists()


def test_the_builtin_is_given_back_whatever_happens(path: Path) -> None:
    before = builtins.compile
    code = BindingCode(path)
    with pytest.raises(SyntaxError), code.used():
        compile(b"x = = 1", NAME, "exec")
    assert builtins.compile is before
    code.save()
    assert not path.exists()


def test_a_folder_that_takes_no_file_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file", "ascii")
    assert value_of(compiled(tmp_path / "data" / FILE_NAME, b"x = 1")) == 1


def test_who_wants_no_bytecode_gets_none(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    compiled(path, b"x = 1")
    assert not path.exists()


def test_nothing_is_run_from_a_folder_that_may_come_from_elsewhere(tmp_path: Path) -> None:
    process = TrayProcess.of({"NOVITA_TRAY_HOME": str(tmp_path)}, demo=False)
    plant(tmp_path / "data" / FILE_NAME)
    before = builtins.compile
    with process.binding_code.used():
        assert builtins.compile is before
    process.binding_code.save()
