from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.translations.sentences import ROOT


@pytest.mark.parametrize("command", [("balance",), ("runway",), ("balance", "--json")])
def test_the_command_line_speaks_english_with_points_wherever_it_runs(
    command: tuple[str, ...],
) -> None:
    elsewhere = {"LC_ALL": "zh_CN.UTF-8", "LANG": "zh_CN.UTF-8", "LANGUAGE": "zh_CN:zh"}
    answers = [
        subprocess.run(
            (sys.executable, "-m", "tray_app", *command, "--demo"),
            cwd=ROOT,
            env=os.environ | locale,
            check=True,
            capture_output=True,
        ).stdout.decode()
        for locale in (elsewhere, {"LC_ALL": "de_DE.UTF-8"})
    ]
    for answer in answers:
        assert "available" in answer
        assert not any("\u4e00" <= sign <= "\u9fff" for sign in answer)
        assert "," not in answer.partition("available")[0].rpartition("$")[2]
