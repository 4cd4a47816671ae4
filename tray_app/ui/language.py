"""The language of every sentence, and the locale of numbers and days, while Qt draws them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QGuiApplication

import tray_app
from tray_app.core.configuration import Language
from tray_app.presentation.locale_format import LocaleFormat, install_format
from tray_app.presentation.places import program_name
from tray_app.presentation.translation import english, install

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tray_app.presentation.translation import Translate

CONTEXT: Final = "novita-tray"
"""The one context of the catalogues."""
CATALOGUES: Final = Path(tray_app.__file__).parent / "translations"
_in_force: list[QTranslator] = []
"""Qt asks them and does not own them."""


def use_language(language: Language) -> None:
    """Speak it from now on; sentences that are shown already follow with LanguageChange.

    Numbers and days are the system's locale's, whatever the language. For English no catalogue is
    read: that is what the sentences are written in.
    """
    install_format(format_of(QLocale.system()))
    for translator in _in_force:
        QCoreApplication.removeTranslator(translator)
    _in_force.clear()
    install(None)
    if spoken_language(language, QLocale.system().uiLanguages()) is Language.CHINESE:
        _load_chinese()
    QGuiApplication.setApplicationDisplayName(program_name())


def spoken_language(language: Language, wished: Sequence[str]) -> Language:
    """Return ENGLISH or CHINESE; ``wished`` is what the system's user reads, best first.

    Whoever reads Chinese in any script is better off with simplified characters than with English.
    """
    if language is not Language.SYSTEM:
        return language
    known = {"zh": Language.CHINESE, "en": Language.ENGLISH}
    spoken = (known.get(tag.replace("_", "-").partition("-")[0].lower()) for tag in wished)
    return next((each for each in spoken if each is not None), Language.ENGLISH)


def format_of(locale: QLocale) -> LocaleFormat:
    """Return how a locale writes numbers and days, read from what it makes of samples."""
    decimal_point, group_mark = locale.decimalPoint(), locale.groupSeparator()
    # Digits are Latin everywhere, so only the marks between them are looked at.
    four, ten = locale.toString(1234), locale.toString(1234567890)
    if group_mark not in ten:
        return LocaleFormat(_beside_latin(decimal_point), month_first=_month_first(locale))
    return LocaleFormat(
        _beside_latin(decimal_point),
        _beside_latin(group_mark),
        grouped_from=4 if group_mark in four else 5,
        higher_group=len(ten.split(group_mark)[-2]),
        month_first=_month_first(locale),
    )


def catalogue_of(translator: QTranslator) -> Translate:
    """Return the look-up in a catalogue; what it lacks stays English."""

    def translate(text: str, n: int | None) -> str:
        translated = translator.translate(CONTEXT, text, None, -1 if n is None else n)
        if not translated:
            return english(text, n)
        return translated if n is None else translated.replace("%n", str(n))

    return translate


def _beside_latin(mark: str) -> str:
    """Return the mark that stands between Latin digits where this one is for Arabic ones."""
    return {"\u066b": ".", "\u066c": ","}.get(mark, mark)


def _month_first(locale: QLocale) -> bool:
    pattern = locale.dateFormat(QLocale.FormatType.ShortFormat)
    return "M" in pattern and "d" in pattern and pattern.index("M") < pattern.index("d")


def _load_chinese() -> None:
    own, qts = QTranslator(), QTranslator()
    if not own.load(str(CATALOGUES / "novita_tray_zh_CN.qm")):
        return
    # The buttons of Qt's own boxes.
    qts.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    install(catalogue_of(own))
    for translator in (qts, own):
        _in_force.append(translator)
        QCoreApplication.installTranslator(translator)
