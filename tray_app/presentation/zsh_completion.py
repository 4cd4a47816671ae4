"""The script by which zsh completes what is typed (zshcompsys(1), _arguments)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tray_app.presentation.typed_words import Takes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tray_app.presentation.typed_words import Argument, Command, Option

_SCRIPT: Final = """\
#compdef PROGRAM
# zsh completion for PROGRAM, made by `PROGRAM completion zsh`.
_FUNCTION() {
    local curcontext="$curcontext" state line
    typeset -A opt_args
    _arguments -C -s : \\
OPTIONS
        '1:command:->command' \\
        '*:: :->arguments'
    case $state in
    command)
        local -a commands
        commands=(
COMMANDS
        )
        _describe command commands
        ;;
    arguments)
        case $words[1] in
ARGUMENTS
        esac
        ;;
    esac
}

if [ "$funcstack[1]" = "_FUNCTION" ]; then
    _FUNCTION "$@"
else
    compdef _FUNCTION PROGRAM
fi"""


def zsh_script(program: Command) -> str:
    """Return the script, to be sourced, or put into ``$fpath`` as ``_novita-tray``."""
    filled = {
        "OPTIONS": [f"{' ' * 8}{each} \\" for each in _options(program.options)],
        "COMMANDS": [f"{' ' * 12}{_described(each.name, each.help)}" for each in program.commands],
        "ARGUMENTS": [line for each in program.commands for line in _case(each)],
    }
    script = _SCRIPT
    for mark, lines in filled.items():
        script = script.replace(f"{mark}\n", "".join(f"{line}\n" for line in lines), 1)
    function = re.sub(r"\W", "_", program.name)
    return script.replace("FUNCTION", function).replace("PROGRAM", program.name) + "\n"


def _case(command: Command) -> Iterator[str]:
    specs = [*_options(command.options), *_places(command.arguments)]
    yield f"{' ' * 8}{command.name})"
    yield f"{' ' * 12}_arguments -s : {' '.join(specs)}"
    yield f"{' ' * 12};;"


def _options(options: Iterable[Option]) -> Iterator[str]:
    for option in options:
        excluded = f"({' '.join(option.excludes)})"
        for spelling in option.spellings:
            takes = "" if option.value is None else f":{option.value.name}:{_action(option.value)}"
            equals = "=" if takes and spelling.startswith("--") else ""
            text = f"{excluded}{spelling}{equals}[{_escaped(option.help)}]{takes}"
            yield _quoted(text)


def _places(arguments: Iterable[Argument]) -> Iterator[str]:
    for argument in arguments:
        yield _quoted(f":{_escaped(argument.name)}:{_action(argument)}")


def _action(argument: Argument) -> str:
    match argument.takes:
        case Takes.WORDS:
            return f"({' '.join(each.text for each in argument.words)})"
        case Takes.FILE:
            return "_files"
        case _:
            return " "


def _described(text: str, help_text: str) -> str:
    return _quoted(f"{_escaped(text)}:{help_text}")


def _escaped(text: str) -> str:
    return re.sub(r"([\\\[\]:])", r"\\\1", text)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", r"'\''") + "'"
