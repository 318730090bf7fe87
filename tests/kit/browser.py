"""A Chromium for the browser tests: find one, or install it (`python tests/kit/browser.py`)."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

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
    if shutil.which("apt-get") and _as_root(["true"]):
        _as_root(["apt-get", "update", "-qq"])
        if _as_root(["apt-get", "install", "-y", "-qq", *DEBIAN_PACKAGES]):
            return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


def _as_root(command: list[str]) -> bool:
    """Run a command as root, without asking for a password; tell whether it went well."""
    prefix: list[str] = []
    if os.name != "posix" or os.geteuid() != 0:
        if not shutil.which("sudo"):
            return False
        prefix = ["sudo", "-n"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run([*prefix, *command], env=environment, check=False).returncode == 0


if __name__ == "__main__":
    found = executable()
    if found is None:
        install()
    print(f"Browser tests use {executable() or 'the Chromium of Playwright'}.")
