from __future__ import annotations

from tray_app.adapters.child_environment import child_environment, give_back_library_paths

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
