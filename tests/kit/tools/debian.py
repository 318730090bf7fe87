"""Programs that tests need, as Debian packages, where we may install them without a word."""

import os
import shutil
import subprocess


def installed(*packages: str) -> bool:
    """Install packages; tell whether that went well."""
    if not shutil.which("apt-get") or not _as_root(["true"]):
        return False
    _as_root(["apt-get", "update", "-qq"])
    return _as_root(["apt-get", "install", "-y", "-qq", *packages])


def _as_root(command: list[str]) -> bool:
    """Run a command as root, without asking for a password; tell whether it went well."""
    prefix: list[str] = []
    if os.name != "posix" or os.geteuid() != 0:
        if not shutil.which("sudo"):
            return False
        prefix = ["sudo", "-n"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run([*prefix, *command], env=environment, check=False).returncode == 0
