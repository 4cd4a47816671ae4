"""What Windows is told: icon, version, scripts of the installers; built where NSIS is."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from build.contents import NAME, ROOT, is_wanted
from build.formats import hindrance
from build.nsis import arguments, make_nsis
from build.tools import PACKAGING
from build.windows import (
    SIDES,
    WINDOWLESS,
    application_id,
    four_numbers,
    ico,
    processor_of,
    version_resource,
)

import tray_app
from tests.packaging.windows_bundle import ICON, PNG, exe, make_bundle
from tray_app import PROGRAM_NAME
from tray_app.adapters import autostart_windows
from tray_app.presentation.problem_code import NO_TRAY
from tray_app.ui.windows_identity import APP_ID

if TYPE_CHECKING:
    from pathlib import Path

SCRIPTS = PACKAGING / "windows"


def text_of(name: str) -> str:
    return (SCRIPTS / name).read_text(encoding="utf-8")


class TestIcon:
    def test_each_picture_is_found_where_the_directory_says(self) -> None:
        pictures = {16: PNG + b"small", 256: PNG + b"a larger one"}
        content = ico(pictures)
        reserved, kind, count = struct.unpack_from("<HHH", content)
        assert (reserved, kind, count) == (0, 1, 2)
        for index, (side, picture) in enumerate(pictures.items()):
            width, height, _, _, _, bits, length, place = struct.unpack_from(
                "<BBBBHHII", content, 6 + 16 * index
            )
            # A byte holds no 256: zero stands for it.
            assert (width or 256, height or 256, bits) == (side, side, 32)
            assert content[place : place + length] == picture

    def test_it_has_what_windows_asks_for(self) -> None:
        assert {16, 32, 48, 256} <= set(SIDES)


class TestProgram:
    def test_its_version_resource_names_it_and_its_version(self) -> None:
        text = version_resource(WINDOWLESS)
        assert f"StringStruct('FileVersion', '{tray_app.__version__}')" in text
        assert f"filevers={four_numbers(tray_app.__version__)}" in text
        assert f"StringStruct('FileDescription', '{PROGRAM_NAME}')" in text
        assert "StringStruct('OriginalFilename', 'novita-trayw.exe')" in text

    def test_a_version_of_windows_has_four_numbers(self) -> None:
        assert four_numbers("1.20.3") == (1, 20, 3, 0)

    @pytest.mark.parametrize(("machine", "name"), [(0x8664, "x86_64"), (0xAA64, "arm64")])
    def test_its_header_says_which_processor_it_needs(self, machine: int, name: str) -> None:
        assert processor_of(exe(machine)) == name

    def test_a_program_for_another_processor_is_refused(self) -> None:
        with pytest.raises(ValueError, match="0x14c"):
            processor_of(exe(0x14C))

    def test_the_id_is_one_that_windows_takes_and_the_one_that_the_program_has(self) -> None:
        # docs (Microsoft, "Application User Model IDs"): a company and a product, 128 characters.
        assert re.fullmatch(r"[A-Za-z]+\.[A-Za-z]+", APP_ID)
        assert len(APP_ID) <= 128
        assert application_id() == APP_ID

    def test_a_library_that_draws_opengl_in_software_stays_out(self) -> None:
        assert not is_wanted("PySide6/opengl32sw.dll", "x", "win32")
        assert is_wanted("PySide6/plugins/platforms/qwindows.dll", "x", "win32")

    def test_no_library_of_the_building_windows_is_packed(self) -> None:
        assert not is_wanted("ucrtbase.dll", r"C:\Windows\System32\ucrtbase.dll", "win32")
        assert is_wanted("VCRUNTIME140.dll", r"C:\Python\VCRUNTIME140.dll", "win32")


class TestSetup:
    def test_every_word_that_the_script_is_told_is_used_and_the_other_way_round(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("build.nsis.icon", lambda: tmp_path / "x.ico")
        given = arguments(make_bundle(tmp_path / "b"), tmp_path / "setup.exe")
        defined = dict(each[2:].split("=", 1) for each in given if each.startswith("-D"))
        script = "".join(path.read_text(encoding="utf-8") for path in SCRIPTS.glob("*.ns?"))
        own = set(re.findall(r"(?m)^ *!define (\w+)", script)) | {
            # Parameters of macros, and NSIS' own.
            *("PREFIX", "KEY", "ENGLISH", "CHINESE", "__FILEDIR__"),
        }
        used = set(re.findall(r"\$\{([A-Z_]+)\}", script))
        foreign = {
            each for each in used if each.startswith(("SYSSTRUCT_", "LANG_", "STGM_", "VT_"))
        }
        assert used - own - foreign == set(defined)
        assert defined["VERSION"] == tray_app.__version__
        assert defined["DISPLAY_NAME"] == PROGRAM_NAME
        # 2 programs, 4096 and 2048 bytes, rounded down.
        assert defined["SIZE_KB"] == "6"

    def test_it_writes_the_start_at_login_where_the_program_looks_for_it(self) -> None:
        script = text_of("login.nsh")
        assert f'!define RUN_KEY "{autostart_windows.RUN_KEY}"' in script
        assert f'!define APPROVED_KEY "{autostart_windows.APPROVED_KEY}"' in script
        assert autostart_windows.VALUE_NAME == NAME
        line = autostart_windows.command_line((r"C:\x\novita-trayw.exe",))
        assert line == r'"C:\x\novita-trayw.exe"'
        assert """'"$INSTDIR\\${WINDOWLESS}.exe"'""" in script

    def test_it_needs_no_administrator(self) -> None:
        script = text_of("setup.nsi")
        assert "RequestExecutionLevel user" in script
        assert "HKLM" not in script
        assert '"$LOCALAPPDATA\\Programs\\${NAME}"' in script

    def test_it_refuses_a_windows_that_is_too_old_for_qt(self) -> None:
        script = text_of("setup.nsi")
        begin = script.index("Function .onInit")
        assert (
            "${AtLeastBuild} ${OLDEST_BUILD}" in script[begin : script.index("FunctionEnd", begin)]
        )
        # docs (Qt 6, "Supported Platforms"): Windows 10 1809, whose build is 17763.
        assert "!define OLDEST_BUILD 17763" in script

    def test_its_folder_is_not_the_one_with_the_history(self) -> None:
        # docs/files.md: the program's own is %LOCALAPPDATA%\novita-tray.
        assert "$LOCALAPPDATA\\${NAME}" not in text_of("setup.nsi")

    def test_a_silent_run_answers_every_question(self) -> None:
        scripts = "".join(text_of(name) for name in ("setup.nsi", "running.nsh"))
        questions = re.findall(r"(?m)^ *MessageBox .*", scripts)
        assert len(questions) == 5
        assert all(" /SD ID" in each for each in questions)
        assert next(each for each in questions if "PurgeQuestion" in each).endswith(
            "/SD IDNO IDNO +2"
        )

    def test_it_knows_the_exit_code_of_quit_where_no_tray_runs(self) -> None:
        assert f"{NO_TRAY} where none did" in text_of("running.nsh")

    def test_each_sentence_is_there_in_both_languages(self) -> None:
        text = text_of("sentences.nsh")
        wanted = set(re.findall(r"\$\(([A-Z]\w+)\)", text_of("setup.nsi") + text_of("running.nsh")))
        told = {
            name: (english, chinese)
            for name, english, chinese in re.findall(
                r'!insertmacro SENTENCE (\w+)\s(?:\\\s+)?"([^"]*)"\s(?:\\\s+)?"([^"]*)"', text
            )
        }
        assert set(told) == wanted
        assert all(re.search("[\u4e00-\u9fff]", chinese) for _, chinese in told.values())

    @pytest.mark.skipif(shutil.which("makensis") is None, reason="NSIS is not installed")
    def test_it_compiles_without_a_warning_and_twice_to_the_same_bits(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "x.ico").write_bytes(ICON)
        monkeypatch.setattr("build.nsis.icon", lambda: tmp_path / "x.ico")
        bundle = make_bundle(tmp_path / "bundle")
        built = []
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
            setup = make_nsis(bundle, tmp_path / name)
            assert setup.name == f"{NAME}-{tray_app.__version__}-windows-x86_64-setup.exe"
            built.append(setup.read_bytes())
        assert built[0] == built[1]


class TestWhatIsMissingIsSaid:
    @pytest.mark.skipif(sys.platform == "win32", reason="there the bundle is built")
    @pytest.mark.parametrize("name", ["nsis", "msi"])
    def test_the_bundle(self, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(shutil, "which", lambda program: f"/bin/{program}")
        assert "--windows-bundle" in (hindrance(name, None) or "")
        missing = hindrance(name, None, tmp_path)
        assert missing == f"{tmp_path} has no novita-tray.exe and no novita-trayw.exe"
        assert hindrance(name, None, make_bundle(tmp_path / "b")) is None

    @pytest.mark.skipif(sys.platform == "win32", reason="there they are other programs")
    def test_the_programs(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(shutil, "which", lambda _: None)
        assert hindrance("nsis", None) == "missing: makensis (Debian: nsis)"
        assert hindrance("msi", None) == "missing: wixl, msibuild (Debian: msitools wixl)"


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="shellcheck is not installed")
def test_the_scripts_are_clean() -> None:
    scripts = [SCRIPTS / "freeze_under_wine.sh", PACKAGING / "wine_test.sh"]
    done = subprocess.run(["shellcheck", *scripts], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.skipif(shutil.which("wine") is None, reason="wine is not installed")
def test_under_wine() -> None:
    subprocess.run(["sh", ROOT / "packaging" / "wine_test.sh"], check=True)
