"""What the scripts of shells offer where a place takes certain words."""

from __future__ import annotations

from tray_app.presentation.bash_completion import bash_script
from tray_app.presentation.fish_completion import fish_script
from tray_app.presentation.typed_words import Argument, Command, Option, Takes, Word

COLOURS = Argument("COLOUR", Takes.WORDS, (Word("red", "as blood"), Word("green")))
PROGRAM = Command(
    "paint",
    commands=(
        Command("wall", "Paint a wall", arguments=(COLOURS,)),
        Command("over", "Paint over a picture", arguments=(Argument("PICTURE", Takes.FILE),)),
        Command("door", "Paint a door", options=(Option(("--in",), "the colour", COLOURS),)),
    ),
)


def test_bash_offers_the_words_of_an_options_value() -> None:
    line = next(line for line in bash_script(PROGRAM).splitlines() if "_add < <" in line)
    assert "compgen -W 'red green'" in line


def test_fish_offers_the_words_of_an_options_value_and_of_a_place() -> None:
    lines = fish_script(PROGRAM).splitlines()
    value = next(line for line in lines if " -l in" in line)
    assert "red green" in value
    place = [line for line in lines if "behind wall 0" in line]
    assert ["red" in line and "as blood" in line for line in place] == [True, False]


def test_fish_completes_files_where_a_place_takes_one() -> None:
    (place,) = [line for line in fish_script(PROGRAM).splitlines() if "behind over 0" in line]
    assert place.endswith(" -F")
