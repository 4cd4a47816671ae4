from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tray_app.adapters import child_environment as module
from tray_app.adapters.child_environment import (
    child_environment,
    give_back_image,
    give_back_library_paths,
)

OURS = {
    "PATH": "/usr/bin",
    "LD_LIBRARY_PATH": "/opt/novita-tray/_internal",
    "QT_PLUGIN_PATH": "/opt/novita-tray/_internal/PySide6/Qt/plugins",
    "QML2_IMPORT_PATH": "/opt/novita-tray/_internal/PySide6/Qt/qml",
    "_PYI_APPLICATION_HOME_DIR": "/opt/novita-tray/_internal",
}


def test_the_key_stays_here() -> None:
    assert child_environment({"PATH": "/usr/bin", "NOVITA_API_KEY": "sk_secret"}) == {
        "PATH": "/usr/bin"
    }


def test_a_packaged_program_keeps_its_libraries_to_itself() -> None:
    environ = dict(OURS)
    give_back_library_paths(environ)
    assert environ == {"PATH": "/usr/bin"}


def test_what_the_user_had_there_before_comes_back() -> None:
    environ = {**OURS, "LD_LIBRARY_PATH_ORIG": "/opt/lib"}
    give_back_library_paths(environ)
    assert environ == {"PATH": "/usr/bin", "LD_LIBRARY_PATH": "/opt/lib"}


STARTS_A_BROWSER = """
import os, subprocess, sys
from tray_app.adapters.child_environment import give_back_image
give_back_image(os.environ)
browser = '''
import os, sys
print(*sorted({"ARGV0", "OWD"} & set(os.environ)))
os.fstat(int(sys.argv[1]))
'''
sys.exit(subprocess.call([sys.executable, "-c", browser, sys.argv[1]], close_fds=False))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="AppImages are Linux's")
@pytest.mark.parametrize(
    ("started_by", "code", "names"),
    [({}, 0, "ARGV0 OWD"), ({"APPIMAGE": "/home/ada/Novita.AppImage"}, 1, "")],
)
def test_a_browser_holds_no_image_mounted_and_knows_nothing_of_its_start(
    started_by: dict[str, str], code: int, names: str
) -> None:
    reading, writing = os.pipe()
    environ = {"PATH": os.environ["PATH"], "ARGV0": "./Novita.AppImage", "OWD": "/home/ada"}
    ended = subprocess.run(
        [sys.executable, "-c", STARTS_A_BROWSER, str(writing)],
        env={**environ, **started_by},
        cwd=Path(module.__file__).parents[2],
        pass_fds=[writing],
        capture_output=True,
        timeout=60,
        check=False,
    )
    os.close(reading)
    os.close(writing)
    assert ended.returncode == code, ended.stderr
    assert ended.stdout.decode().strip() == names


def test_a_program_that_is_no_image_is_left_alone() -> None:
    environ = {"PATH": "/usr/bin", "OWD": "/home/ada"}
    give_back_image(environ)
    assert environ == {"PATH": "/usr/bin", "OWD": "/home/ada"}
