"""The script by which fish (3.0 or later) completes what is typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tray_app.presentation.typed_words import Takes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tray_app.presentation.typed_words import Argument, Command, Option

_SCRIPT: Final = """\
# fish completion for PROGRAM, made by `PROGRAM completion fish`.
# Prints the command that was typed, and then its arguments, each on a line.
function __FUNCTION_words
    set -l typed (commandline -opc)
    set -e typed[1]
    set -l value no
    for word in $typed
        if test $value = yes
            set value no
            continue
        end
        switch $word
            case VALUED
                set value yes
            case '-*'
            case '*'
                printf '%s\\n' $word
        end
    end
end

# Succeeds behind that command alone, where so many arguments were typed already.
function __FUNCTION_behind
    set -l words (__FUNCTION_words)
    test (count $words) -gt 0; or return
    test $words[1] = $argv[1]; or return
    test (count $argv) -lt 2; or test (count $words) -eq (math $argv[2] + 1)
end

function __FUNCTION_first
    test (count (__FUNCTION_words)) -eq 0
end

complete -c PROGRAM -f
RULES"""


def fish_script(program: Command) -> str:
    """Return the script, to be sourced, or put into fish's folder of completions."""
    commands = (program, *program.commands)
    valued = [
        spelling
        for command in commands
        for option in command.options
        if option.value is not None
        for spelling in option.spellings
    ]
    rules = [
        *_option_rules("__FUNCTION_first", program),
        *(
            _rule("__FUNCTION_first", f"-a {_quoted(each.name)}", each.help)
            for each in program.commands
        ),
        *(rule for each in program.commands for rule in _command_rules(each)),
    ]
    function = re.sub(r"\W", "_", program.name)
    script = _SCRIPT.replace("VALUED", " ".join(map(_quoted, dict.fromkeys(valued))) or "''")
    script = script.replace("RULES", "\n".join(rules))
    return script.replace("FUNCTION", function).replace("PROGRAM", program.name) + "\n"


def _command_rules(command: Command) -> Iterator[str]:
    yield from _option_rules(f"__FUNCTION_behind {command.name}", command)
    for index, argument in enumerate(command.arguments):
        condition = f"__FUNCTION_behind {command.name} {index}"
        if argument.takes is Takes.FILE:
            yield _rule(condition, "-F", "")
        for word in argument.words:
            yield _rule(condition, f"-a {_quoted(word.text)}", word.help)


def _option_rules(condition: str, command: Command) -> Iterator[str]:
    for option in command.options:
        yield _rule(condition, f"{_spellings(option)}{_value(option.value)}", option.help)


def _rule(condition: str, what: str, help_text: str) -> str:
    described = f" -d {_quoted(help_text)}" if help_text else ""
    return f"complete -c PROGRAM -n {_quoted(condition)} {what}{described}"


def _spellings(option: Option) -> str:
    return " ".join(
        f"-l {each[2:]}" if each.startswith("--") else f"-s {each[1:]}" for each in option.spellings
    )


def _value(argument: Argument | None) -> str:
    if argument is None:
        return ""
    match argument.takes:
        case Takes.WORDS:
            return f" -x -a {_quoted(' '.join(each.text for each in argument.words))}"
        case Takes.FILE:
            return " -r -F"
        case _:
            return " -x"


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", r"\\").replace("'", r"\'") + "'"
