from __future__ import annotations

from tray_app.adapters.child_environment import child_environment

OURS = {
    "PATH": "/usr/bin",
    "NOVITA_API_KEY": "sk_secret",
    "LD_LIBRARY_PATH": "/tmp/_MEI1",  # noqa: S108 — a name and no file
    "QT_PLUGIN_PATH": "/tmp/_MEI1/plugins",  # noqa: S108 — likewise
    "_PYI_APPLICATION_HOME_DIR": "/tmp/_MEI1",  # noqa: S108 — likewise
}


def test_the_key_stays_here() -> None:
    kept = child_environment(OURS, frozen=False)
    assert kept == {name: value for name, value in OURS.items() if name != "NOVITA_API_KEY"}


def test_a_frozen_program_keeps_its_libraries_to_itself() -> None:
    assert child_environment(OURS, frozen=True) == {"PATH": "/usr/bin"}


def test_what_the_user_had_there_before_comes_back() -> None:
    kept = child_environment({**OURS, "LD_LIBRARY_PATH_ORIG": "/opt/lib"}, frozen=True)
    assert kept == {"PATH": "/usr/bin", "LD_LIBRARY_PATH": "/opt/lib"}
