"""The fonts of a PDF: those of this installation alone, so that it looks alike on every machine."""

import importlib
from functools import cache
from pathlib import Path

import typst

PACKAGES = ("fontpkg_open_sans", "fontpkg_amiri", "noto_cjk_sans_jp_regular", "manimgx_fonts")
FAMILIES = ("Open Sans", "Amiri", "Noto Sans CJK JP", "Noto Emoji")  # asked in this order


@cache
def fonts() -> typst.Fonts:
    """Latin with every mark of Vietnamese and Yoruba, Greek, Cyrillic, Hebrew, Arabic, and CJK.

    Emoji in outline; the Noto fonts of some twenty more scripts are asked where no family has it.
    """
    return typst.Fonts(include_system_fonts=False, font_paths=_folders())


def _folders() -> list[str]:
    packages = (importlib.import_module(name) for name in PACKAGES)
    return [str(Path(package.__file__ or "").parent) for package in packages]
