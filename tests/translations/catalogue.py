"""The catalogue of a language: Qt's .ts as people edit it, and the .qm that is read."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import PySide6

from tests.translations.sentences import ROOT, Sentence
from tray_app.ui.language import CATALOGUES, CONTEXT

LANGUAGE: Final = "zh_CN"
SOURCE: Final = ROOT / "resources" / "translations" / f"novita_tray_{LANGUAGE}.ts"
COMPILED: Final = CATALOGUES / f"novita_tray_{LANGUAGE}.qm"


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence and what stands for it; Chinese has one form for all numbers."""

    sentence: Sentence
    translation: str
    """Empty where nobody has translated it."""


def parsed(text: str) -> list[Message]:
    """Return what a .ts holds, in its order."""
    root = ET.fromstring(text)  # noqa: S314 — a file of this repository
    return [_message(node) for node in root.iterfind("context/message")]


def written(messages: list[Message]) -> str:
    """Return the same as a .ts, a line for each part, so that changes are small."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        "<!DOCTYPE TS>",
        f'<TS version="2.1" language="{LANGUAGE}" sourcelanguage="en">',
        "<context>",
        f"    <name>{CONTEXT}</name>",
    ]
    for message in messages:
        counted = message.sentence.counted
        state = "" if message.translation else ' type="unfinished"'
        text = _escaped(message.translation)
        shown = f"<numerusform>{text}</numerusform>" if counted else text
        lines += [
            '    <message numerus="yes">' if counted else "    <message>",
            f"        <source>{_escaped(message.sentence.source)}</source>",
            f"        <translation{state}>{shown}</translation>",
            "    </message>",
        ]
    return "\n".join([*lines, "</context>", "</TS>", ""])


def merged(sentences: list[Sentence], known: list[Message]) -> list[Message]:
    """Return a message for each sentence, translated where it was known; others go."""
    by_sentence = {message.sentence: message.translation for message in known}
    return [Message(each, by_sentence.get(each, "")) for each in sentences]


def compile_catalogue(source: Path, compiled: Path) -> None:
    """Make the .qm with Qt's own lrelease; unfinished messages are left out."""
    suffix = ".exe" if (Path(PySide6.__path__[0]) / "lrelease.exe").exists() else ""
    lrelease = Path(PySide6.__path__[0]) / f"lrelease{suffix}"
    command = (lrelease, "-silent", "-nounfinished", source, "-qm", compiled)
    subprocess.run(command, check=True)


def _message(node: ET.Element) -> Message:
    counted = node.get("numerus") == "yes"
    path = "translation/numerusform" if counted else "translation"
    is_finished = node.find("translation[@type]") is None
    return Message(
        Sentence(node.findtext("source", ""), counted),
        node.findtext(path, "") if is_finished else "",
    )


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
