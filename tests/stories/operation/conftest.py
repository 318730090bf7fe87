"""One server, run from the files of the container, and one nginx before it, for all stories."""

import re
import shlex
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.kit import browser
from tests.kit.browsing import ARGUMENTS
from tests.kit.server import ROOT, free_port, serve
from tests.kit.tools import proxy
from tests.kit.tools.proxy import NAME, Proxy
from tests.ui.conftest import Open, made

__all__ = ["made"]
BEARER = "a-token-of-an-operator-of-tests"
CONTAINER = ROOT / "deploy" / "Containerfile"


def copied_into(folder: Path) -> Path:
    """Lay out what the container file copies from the repository, and nothing else."""
    for line in re.findall(r"^COPY ([^-].*)$", CONTAINER.read_text(), re.MULTILINE):
        *sources, target = shlex.split(line)
        for source in sources:
            place = folder / target / Path(source).name if target.endswith("/") else folder / target
            place.parent.mkdir(parents=True, exist_ok=True)
            found = ROOT / source
            if found.is_dir():
                shutil.copytree(found, place, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copyfile(found, place)
    return folder


@dataclass
class Behind:
    """A server that can be ended and begun anew, and the nginx before it."""

    home: Path
    workspace: Path
    port: int
    proxy: Proxy
    running: ExitStack = field(default_factory=ExitStack)
    is_running: bool = False

    def begin(self) -> None:
        """Run the server as the service does, where it does not run."""
        if self.is_running:
            return
        settings = {
            "STREAMLIT_SERVER_ALLOWED_HOSTS": f"localhost 127.0.0.1 {NAME}",
            "STREAMLIT_LOGGER_HIDE_WELCOME_MESSAGE": "true",
            "TEND_WITHOUT_SIGN_IN": "yes",
            "TEND_LOG": "json",
            "TEND_OPERATOR_TOKEN": BEARER,
        }
        home = self.home
        self.running.enter_context(
            serve(self.workspace, home / "app.py", self.port, home, **settings)
        )
        self.is_running = True

    def end(self) -> None:
        """End the server."""
        self.running.close()
        self.is_running = False

    @property
    def log(self) -> str:
        """Give what the server has logged since it began."""
        return (self.workspace.parent / f"server-{self.port}.log").read_text(encoding="utf-8")


@pytest.fixture
def behind(laid_out: Behind) -> Behind:
    """Run a server on the sample company, and nginx before it."""
    laid_out.begin()
    return laid_out


@pytest.fixture(scope="session")
def laid_out(made: Open, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Behind]:
    """Lay a server out, and run nginx before it."""
    if proxy.executable() is None:
        pytest.skip("there is no nginx on this machine, and it could not be installed")
    folder = tmp_path_factory.mktemp("behind")
    home = copied_into(folder / "opt")
    workspace = Path(shutil.copytree(made("sample-today"), folder / "workspace"))
    place = folder / "nginx"
    place.mkdir()
    port = free_port()
    with proxy.before(port, place) as before:
        given = Behind(home, workspace, port, before)
        yield given
        given.end()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Start a browser that finds our name on this machine."""
    found = [*ARGUMENTS, f"--host-resolver-rules=MAP {NAME} 127.0.0.1"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser.executable(), args=found)
        yield started
        started.close()
