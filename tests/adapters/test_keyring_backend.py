from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import tray_app

PACKAGE = Path(tray_app.__file__).parent


@pytest.mark.skipif(sys.platform in {"darwin", "win32"}, reason="names the Secret Service")
def test_the_platforms_back_end_is_named_in_code_and_no_configuration_changes_it(
    tmp_path: Path,
) -> None:
    """Neither a variable nor keyring's own configuration may point to a plain-text file."""
    config = tmp_path / "python_keyring"
    config.mkdir()
    (config / "keyringrc.cfg").write_text(
        "[backend]\ndefault-keyring=keyring.backends.null.Keyring"
    )
    script = (
        "import sys\n"
        "from tray_app.adapters.keyring_backend import platform_backend\n"
        "backend = platform_backend()\n"
        "print(type(backend).__module__)\n"
        "print([name for name in sys.modules if 'macos_keychain' in name or 'vault' in name"
        " or name in {'keyring.backends.chainer', 'keyring.backends.macOS'}])\n"
    )
    environ = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(PACKAGE.parent),
        "XDG_CONFIG_HOME": str(tmp_path),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }
    run = subprocess.run(
        [sys.executable, "-c", script], env=environ, capture_output=True, text=True, check=False
    )
    assert run.stderr == ""
    assert run.stdout.splitlines() == ["tray_app.adapters.secret_service", "[]"]


@pytest.mark.parametrize("module", ["macos_keychain", "windows_vault"])
def test_another_platforms_keyring_is_imported_in_one_guarded_place(module: str) -> None:
    importers = {}
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            match node:
                case ast.ImportFrom(module=str(name)) if name.endswith(module):
                    importers[path.name] = node.col_offset
                case ast.Import(names=names) if any(module in alias.name for alias in names):
                    importers[path.name] = node.col_offset
    # Eight columns in: inside a function and inside its question for the platform.
    assert importers == {"keyring_backend.py": 8}
