"""The script by which bash (3.2 or later) completes what is typed."""

from __future__ import annotations

import re
from shlex import quote
from typing import TYPE_CHECKING, Final

from tray_app.presentation.typed_words import Takes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tray_app.presentation.typed_words import Argument, Command

_SCRIPT: Final = """\
# bash completion for PROGRAM, made by `PROGRAM completion bash`.
_FUNCTION_add() {
    local word
    while IFS= read -r word; do
        COMPREPLY+=("$word")
    done
}

_FUNCTION() {
    local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD - 1]}"
    local command="" value="" index word words=""
    COMPREPLY=()
    # bash makes three words of --option=value.
    if [[ $current == "=" ]]; then
        current=""
    elif [[ $previous == "=" ]]; then
        previous="${COMP_WORDS[COMP_CWORD - 2]}"
    fi
    for ((index = 1; index < COMP_CWORD; index++)); do
        word="${COMP_WORDS[index]}"
        if [[ $word == "=" ]]; then
            value=yes
        elif [[ $value ]]; then
            value=""
        else
            case "$command:$word" in
VALUED
COMMANDS
            esac
        fi
    done
    case "$command:$previous" in
VALUES
    esac
    case "$command" in
WORDS
    esac
    _FUNCTION_add < <(compgen -W "$words" -- "$current")
}

complete -F _FUNCTION PROGRAM"""


def bash_script(program: Command) -> str:
    """Return the script, to be sourced."""
    filled = {
        "VALUED": _valued(program),
        "COMMANDS": [
            f"{' ' * 16}{quote(':' + each.name)}) command={quote(each.name)} ;;"
            for each in program.commands
        ],
        "VALUES": [line for each in _all(program) for line in _values(_path(program, each), each)],
        "WORDS": [
            f"{' ' * 8}{quote(_path(program, each))}) words={quote(' '.join(_words(each)))} ;;"
            for each in _all(program)
        ],
    }
    script = _SCRIPT
    for mark, lines in filled.items():
        script = script.replace(f"{mark}\n", "".join(f"{line}\n" for line in lines), 1)
    function = re.sub(r"\W", "_", program.name)
    return script.replace("FUNCTION", function).replace("PROGRAM", program.name) + "\n"


def _all(program: Command) -> tuple[Command, ...]:
    return (program, *program.commands)


def _path(program: Command, command: Command) -> str:
    return "" if command is program else command.name


def _valued(program: Command) -> list[str]:
    patterns = [
        quote(f"{_path(program, command)}:{spelling}")
        for command in _all(program)
        for option in command.options
        if option.value is not None
        for spelling in option.spellings
    ]
    return [f"{' ' * 16}{' | '.join(patterns)}) value=yes ;;"] if patterns else []


def _values(path: str, command: Command) -> Iterator[str]:
    for option in command.options:
        if option.value is not None:
            patterns = " | ".join(quote(f"{path}:{each}") for each in option.spellings)
            yield f"{' ' * 8}{patterns}) {_filling(option.value)}return ;;"


def _filling(argument: Argument) -> str:
    function = "_FUNCTION_add"
    match argument.takes:
        case Takes.WORDS:
            words = quote(" ".join(each.text for each in argument.words))
            return f'{function} < <(compgen -W {words} -- "$current"); '
        case Takes.FILE:
            # compopt is bash 4's: without it a folder is followed by a blank.
            return f'compopt -o filenames 2>/dev/null; {function} < <(compgen -f -- "$current"); '
        case _:
            return ""


def _words(command: Command) -> list[str]:
    spellings = [each for option in command.options for each in option.spellings]
    return [*(word.text for word in command.words), *spellings]
