"""A PostgreSQL of its own on this machine; `python -m tests.kit.tools.postgres` installs it."""

import contextlib
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.kit.server import free_port
from tests.kit.tools import debian

_PACKAGE = "postgresql"
_DEBIAN = Path("/usr/lib/postgresql")
_USER = "tend"
# It does not run as root; whoever else runs tests runs it, too.
_OTHERS = ("postgres", "nobody")
_START_SECONDS = 120
# What is lost with the machine is lost to tests anyway.
_SETTINGS = {"fsync": "off", "full_page_writes": "off", "unix_socket_directories": ""}


def folder() -> Path | None:
    """Give where the programs of PostgreSQL lie; Debian keeps them off the path."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent  # the others lie where it lies itself
    places = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda one: float(one.parts[-3]))
    return places[-1].parent if places else None


@dataclass
class Postgres:
    """A PostgreSQL that runs: its folder, its port, and its process."""

    data: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def address(self) -> str:
        """Make a database of its own and give its address."""
        name = f"tend{next(self._numbers)}"
        self._do("createdb", name)
        return f"postgres://{_USER}@127.0.0.1:{self.port}/{name}"

    def start(self) -> None:
        """Start it; it answers when this returns."""
        words = [f"-c{name}={value}" for name, value in _SETTINGS.items()]
        command = [_program("postgres"), "-D", str(self.data), "-h", "127.0.0.1"]
        with (self.data.parent / "postgres.log").open("ab") as out:
            user, group = _other()
            self.process = subprocess.Popen(
                [*command, "-p", str(self.port), *words],
                stdout=out,
                stderr=out,
                user=user,
                group=group,
            )
        until = time.monotonic() + _START_SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            if self._do("pg_isready", is_checked=False) == 0:
                return
            time.sleep(0.1)
        raise RuntimeError((self.data.parent / "postgres.log").read_text(errors="replace")[-2000:])

    def stop(self) -> None:
        """End it at once, and wait until it is gone."""
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)  # else it waits for whoever is connected
            self.process.wait(60)

    def _do(self, program: str, *words: str, is_checked: bool = True) -> int:
        where = ["-h", "127.0.0.1", "-p", str(self.port), "-U", _USER]
        done = subprocess.run([_program(program), *where, *words], capture_output=True, check=False)
        assert not is_checked or done.returncode == 0, done.stderr
        return done.returncode


@contextlib.contextmanager
def running() -> Iterator[Postgres]:
    """Run a PostgreSQL with nothing in it, until the end."""
    place = Path(tempfile.mkdtemp(prefix="tend-postgres-"))
    try:
        user, group = _other()
        if user is not None and group is not None:
            os.chown(place, user, group)
        command = [_program("initdb"), "-D", str(place / "data"), "-U", _USER, "-A", "trust", "-N"]
        words = [*command, "--locale=C", "--encoding=UTF8"]
        subprocess.run(words, check=True, capture_output=True, cwd=place, user=user, group=group)
        made = Postgres(place / "data")
        try:
            made.start()
            yield made
        finally:
            made.stop()
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _program(name: str) -> str:
    found = folder()
    assert found is not None
    return str(found / name)


def _other() -> tuple[int | None, int | None]:
    """Give user and group to run it as; none where it may be whoever runs this."""
    if os.geteuid() != 0:
        return None, None
    for name in _OTHERS:
        with contextlib.suppress(KeyError):
            found = pwd.getpwnam(name)
            return found.pw_uid, found.pw_gid
    raise RuntimeError("PostgreSQL does not run as root, and there is nobody else")


if __name__ == "__main__":
    if folder() is None:
        debian.installed(_PACKAGE)
    print(f"A shared home is tested with {folder() or 'nothing: there is no PostgreSQL'}.")
