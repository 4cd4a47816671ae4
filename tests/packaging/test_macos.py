"""The files for macOS, as far as they can be looked at elsewhere: plists, and what scripts call."""

from __future__ import annotations

import os
import plistlib
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from build.contents import NAME
from build.macos import _PICTURES, ENTITLEMENTS, icns, info_plist
from build.tools import PACKAGING

import tray_app

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="runs scripts of the shell")

SCRIPTS = PACKAGING / "macos"


def test_the_bundle_is_a_tray_program_of_this_version_for_macos_14() -> None:
    info = info_plist()
    assert info["LSUIElement"] is True
    assert info["LSMinimumSystemVersion"] == "14.0"
    assert info["CFBundleExecutable"] == NAME
    assert info["CFBundleShortVersionString"] == info["CFBundleVersion"] == tray_app.__version__
    # docs (Apple, CFBundleIdentifier, CFBundleVersion): letters, digits, hyphens, periods; numbers.
    assert re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", info["CFBundleIdentifier"])
    assert re.fullmatch(r"\d+(\.\d+){0,2}", info["CFBundleVersion"])
    assert "@" not in str(info)


def test_the_hardened_runtime_is_loosened_for_callbacks_alone() -> None:
    assert plistlib.loads(ENTITLEMENTS.read_bytes()) == {
        "com.apple.security.cs.allow-unsigned-executable-memory": True
    }


def test_an_icon_file_holds_every_picture_under_its_name_and_length() -> None:
    pictures = {side: f"picture of {side}".encode() for side in _PICTURES.values()}
    content = icns(pictures)
    assert content[:4] == b"icns"
    assert int.from_bytes(content[4:8]) == len(content)
    found, at = {}, 8
    while at < len(content):
        length = int.from_bytes(content[at + 4 : at + 8])
        found[content[at : at + 4]] = content[at + 8 : at + length]
        at += length
    assert found == {name: pictures[side] for name, side in _PICTURES.items()}


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A folder of stand-ins for macOS' programs; each writes down how it was called."""
    folder = tmp_path / "tools"
    folder.mkdir()
    for name in ("codesign", "ditto", "hdiutil", "xcrun", "spctl", "security"):
        tool = folder / name
        tool.write_text(
            f'#!/bin/sh\nprintf "%s\\n" "{name} $*" >>"$CALLS"\n'
            'case "$*" in *"$FAILS"*) exit 1;; esac\n',
            encoding="utf-8",
        )
        tool.chmod(0o755)
    file = folder / "file"
    file.write_text('#!/bin/sh\nhead -c 6 "$2"; echo\n', encoding="utf-8")
    file.chmod(0o755)
    return folder


@pytest.fixture
def app(tmp_path: Path) -> Path:
    app = tmp_path / "With blanks.app"
    for path, content in (
        ("Contents/MacOS/novita-tray", "Mach-O 64-bit"),
        ("Contents/Frameworks/a b/deep/libone.dylib", "Mach-O 64-bit"),
        ("Contents/Frameworks/libtwo.dylib", "Mach-O 64-bit"),
        ("Contents/Resources/notes.txt", "plain"),
    ):
        (app / path).parent.mkdir(parents=True, exist_ok=True)
        (app / path).write_text(content, encoding="utf-8")
    (app / "Contents/Resources/link.dylib").symlink_to("../Frameworks/libtwo.dylib")
    return app


def called(
    tools: Path, script: str, *arguments: str | Path, fails: str = "nothing", **variables: str
) -> tuple[int, list[str]]:
    """Run a script; return its exit code and what it called."""
    calls = tools.parent / "calls"
    calls.write_text("")
    done = subprocess.run(
        ["sh", SCRIPTS / script, *arguments],
        env={
            "PATH": f"{tools}:{os.environ['PATH']}",
            "CALLS": str(calls),
            "FAILS": fails,
            "TMPDIR": str(tools.parent),
            **variables,
        },
        check=False,
        capture_output=True,
    )
    return done.returncode, calls.read_text(encoding="utf-8").splitlines()


def test_code_is_signed_from_the_inside_out_and_then_verified(tools: Path, app: Path) -> None:
    code, calls = called(tools, "sign.sh", app, "Developer ID Application: Ada")
    assert code == 0
    begin = "codesign --force --timestamp --options runtime --sign Developer ID Application: Ada"
    assert calls == [
        f"{begin} {app}/Contents/Frameworks/a b/deep/libone.dylib",
        *sorted(calls[1:3], reverse=True),
        f"{begin} --entitlements {ENTITLEMENTS} {app}",
        f"codesign --verify --deep --strict --verbose=2 {app}",
    ]
    assert {call.rpartition("/")[2] for call in calls[1:3]} == {"novita-tray", "libtwo.dylib"}


def test_without_an_identity_the_runtime_is_not_hardened(tools: Path, app: Path) -> None:
    code, calls = called(tools, "sign.sh", app)
    assert code == 0
    assert not any("runtime" in call for call in calls)
    assert sum(" --sign - " in call for call in calls) == 4


@pytest.mark.parametrize("fails", ["libone", "entitlements", "--verify"])
def test_a_signature_that_fails_fails_the_script(tools: Path, app: Path, fails: str) -> None:
    code, calls = called(tools, "sign.sh", app, fails=fails)
    assert code != 0
    assert fails in calls[-1]


def test_the_image_is_made_checked_and_signed(tools: Path, app: Path, tmp_path: Path) -> None:
    image = tmp_path / "n.dmg"
    code, calls = called(tools, "make_dmg.sh", app, image, "Ada")
    assert code == 0
    assert [call.split()[:2] for call in calls] == [
        ["ditto", str(app).split()[0]],
        ["hdiutil", "create"],
        ["hdiutil", "verify"],
        ["codesign", "--force"],
    ]
    assert called(tools, "make_dmg.sh", app, image, fails="verify")[0] != 0
    assert not any("codesign" in call for call in called(tools, "make_dmg.sh", app, image)[1])


def test_apples_verdict_is_awaited_and_stapled_and_the_key_leaves_no_copy(
    tools: Path, tmp_path: Path
) -> None:
    image = tmp_path / "n.dmg"
    image.touch()
    keys = {"APPLE_API_KEY": "secret", "APPLE_API_KEY_ID": "id", "APPLE_API_ISSUER": "issuer"}
    before = set(tmp_path.iterdir())
    code, calls = called(tools, "notarise.sh", image, **keys)
    assert code == 0
    assert [call.split()[1] for call in calls] == ["notarytool", "stapler", "stapler", "--assess"]
    assert "secret" not in " ".join(calls)
    assert called(tools, "notarise.sh", image, fails="staple ", **keys)[0] != 0
    assert called(tools, "notarise.sh", image)[0] != 0
    assert set(tmp_path.iterdir()) - before == {tmp_path / "calls"}


def test_the_certificate_lies_in_a_keychain_of_its_own(tools: Path, tmp_path: Path) -> None:
    before = set(tmp_path.iterdir())
    code, calls = called(
        tools,
        "make_keychain.sh",
        tmp_path / "k",
        MACOS_CERTIFICATE="c2VjcmV0",
        MACOS_CERTIFICATE_PASSWORD="word",
    )
    assert code == 0
    assert [call.split()[1] for call in calls] == [
        "create-keychain",
        "set-keychain-settings",
        "unlock-keychain",
        "import",
        "set-key-partition-list",
        "list-keychains",
    ]
    assert called(tools, "make_keychain.sh", tmp_path / "k")[0] != 0
    assert set(tmp_path.iterdir()) - before == {tmp_path / "calls"}


@pytest.mark.parametrize("name", ["sign.sh", "make_dmg.sh", "notarise.sh", "make_keychain.sh"])
def test_without_arguments_each_script_says_how_it_is_used(tools: Path, name: str) -> None:
    assert called(tools, name) == (2, [])


def test_shellcheck_finds_nothing_in_any_script() -> None:
    program = shutil.which("shellcheck")
    if program is None:
        pytest.skip("needs shellcheck (Debian package shellcheck)")
    scripts = sorted(PACKAGING.rglob("*.sh"))
    assert len(scripts) >= 5
    done = subprocess.run([program, *scripts], check=False, capture_output=True, text=True)
    assert done.stdout == ""
    for script in scripts:
        assert re.search(r"^set -eu", script.read_text(encoding="utf-8"), re.MULTILINE), script
