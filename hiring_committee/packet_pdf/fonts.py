"""The fonts of a PDF: those of this installation alone, so that it looks alike on every machine."""

import importlib
from functools import cache
from pathlib import Path

import typst

PACKAGES = ("fontpkg_open_sans", "fontpkg_amiri")  # beside those that typst brings along
FAMILIES = ("Open Sans", "Amiri")


@cache
def fonts() -> typst.Fonts:
    """Latin with every mark of Vietnamese and Yoruba, Greek, Cyrillic, Hebrew, and Arabic."""
    return typst.Fonts(include_system_fonts=False, font_paths=_folders())


def _folders() -> list[str]:
    packages = (importlib.import_module(name) for name in PACKAGES)
    return [str(Path(package.__file__ or "").parent / "files") for package in packages]
