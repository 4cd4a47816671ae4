"""Bring the catalogue up to date: new sentences in, old ones out, the .qm made anew.

``python -m tests.translations.update`` says which sentences await a translation: write it into the
.ts in place of ``type="unfinished"``, then run this again.
"""

from __future__ import annotations

import sys

from tests.translations.catalogue import (
    COMPILED,
    SOURCE,
    compile_catalogue,
    merged,
    parsed,
    written,
)
from tests.translations.sentences import ROOT, sentences


def main() -> int:
    """Write both files; 1 where something is left to translate."""
    known = parsed(SOURCE.read_text(encoding="utf-8")) if SOURCE.exists() else []
    messages = merged(sentences(), known)
    SOURCE.write_text(written(messages), encoding="utf-8")
    compile_catalogue(SOURCE, COMPILED)
    unfinished = [each.sentence.source for each in messages if not each.translation]
    for source in unfinished:
        sys.stdout.write(f"{source}\n")
    sys.stdout.write(
        f"{len(messages)} sentences, {len(unfinished)} to translate in {SOURCE.relative_to(ROOT)}\n"
    )
    return 1 if unfinished else 0


if __name__ == "__main__":
    sys.exit(main())
