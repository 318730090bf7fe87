"""A Chromium for the browser tests: find one, or install it (`python -m tests.kit.browser`)."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.kit.tools import debian

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
# Debian's browser has no Chinese letters of its own.
DEBIAN_PACKAGES = ("chromium", "fonts-noto-cjk")


def executable() -> str | None:
    """Give the path of a browser on this machine; None: Playwright's own is to be used."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found or (str(MAC) if MAC.exists() else None)


def install() -> None:
    """Install a browser: the Debian package where we may, else Playwright's own."""
    if not debian.installed(*DEBIAN_PACKAGES):
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


if __name__ == "__main__":
    if executable() is None:
        install()
    print(f"Browser tests use {executable() or 'the Chromium of Playwright'}.")
