from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.translations.catalogue import (
    COMPILED,
    SOURCE,
    Message,
    compile_catalogue,
    merged,
    parsed,
    written,
)
from tests.translations.sentences import NoLiteralError, Sentence, fields_of, sentences

if TYPE_CHECKING:
    from pathlib import Path

TEXT = SOURCE.read_text(encoding="utf-8")
MESSAGES = parsed(TEXT)
AGAIN = "run python -m tests.translations.update"


def test_the_catalogue_holds_every_sentence_and_no_other() -> None:
    known, needed = {each.sentence for each in MESSAGES}, set(sentences())
    assert needed - known == set(), AGAIN
    assert known - needed == set(), AGAIN
    assert written(merged(sentences(), MESSAGES)) == TEXT, AGAIN


def test_every_sentence_is_translated() -> None:
    assert [each.sentence.source for each in MESSAGES if not each.translation] == []


def test_a_translation_has_the_fields_of_its_sentence() -> None:
    for message in MESSAGES:
        assert fields_of(message.translation) == fields_of(message.sentence.source), message


def test_a_translation_promises_more_to_come_where_its_sentence_does() -> None:
    for message in MESSAGES:
        assert message.translation.count("…") == message.sentence.source.count("…"), message


def test_what_is_read_is_what_the_catalogue_compiles_to(tmp_path: Path) -> None:
    compile_catalogue(SOURCE, tmp_path / "anew.qm")
    assert (tmp_path / "anew.qm").read_bytes() == COMPILED.read_bytes(), AGAIN


def test_the_source_is_read_with_counts_and_joined_literals(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text('tr("a " "b")\nstr("no")\ntr("%n day(s)", n=3)\ntr("a b")')
    assert sentences(tmp_path) == [
        Sentence("a b", counted=False),
        Sentence("%n day(s)", counted=True),
    ]


@pytest.mark.parametrize("call", ["tr(text)", 'tr(f"{text}")', "tr()"])
def test_a_sentence_that_is_no_literal_is_refused(tmp_path: Path, call: str) -> None:
    (tmp_path / "one.py").write_text(call)
    with pytest.raises(NoLiteralError, match=r"one\.py, line 1"):
        sentences(tmp_path)


def test_what_was_translated_stays_and_what_is_gone_goes() -> None:
    old, kept, new = (Sentence(text, counted=False) for text in ("old", "kept & <b>", "new"))
    known = [Message(old, "旧"), Message(kept, "留 & <b>")]
    now = merged([kept, new], known)
    assert now == [Message(kept, "留 & <b>"), Message(new, "")]
    assert parsed(written(now)) == now
