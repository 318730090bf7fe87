"""Drive the app in this process: every page through the frame, as a reader reaches it."""

from functools import cache
from pathlib import Path

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest, local_script_runner

from tend.ui.frame.navigation import START

ROOT = Path(__file__).parents[2]
SECONDS = 60
# Each opened page looks through all installed packages for components, as a server does once when
# it starts: longer than most pages take. What is installed stays the same while tests run.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
_say_late = local_script_runner.require_widgets_deltas


def _ended(runner: local_script_runner.LocalScriptRunner, timeout: float = SECONDS) -> None:
    """Wait for a run; AppTest looks a thousand times a second at all that was drawn so far."""
    assert runner._script_thread is not None
    runner._script_thread.join(timeout)
    if not runner.script_stopped():
        _say_late(runner, 0)


local_script_runner.require_widgets_deltas = _ended


def opened_page(name: str, locale: str | None = None, **address: str | list[str]) -> AppTest:
    """Open a page at an address.

    The first run is the frame's; then `switch_page` runs the file of `pages/` alone (the folder's
    name makes Streamlit do so), and `open_page` takes the way back into the frame by itself.
    """
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=SECONDS)
    app.query_params.update(address)
    if locale:
        app.context["locale"] = locale
    app.run()
    if name != START:
        app.switch_page(f"pages/{name}.py").run()
    return app


def opened_in_frame(name: str, **address: str | list[str]) -> AppTest:
    """Open a page and stay in the frame: what is uploaded there outlives the next run."""
    script = Path(__file__).with_name("in_frame.py")
    app = AppTest.from_file(str(script), default_timeout=SECONDS)
    app.query_params.update(address)
    app.session_state["tend.wanted_page"] = name
    return app.run()


def undo(app: AppTest, place: str) -> None:
    """Click on the toast's way back from what was last done at a place."""
    [button] = [one for one in app.button if str(one.key).startswith(f"undo_{place}_")]
    button.click().run()


def html(app: AppTest) -> str:
    """Give all HTML of the page in one text, its spaces as one types them."""
    return "\n".join(str(one.proto.body).replace("\u00a0", " ") for one in app.get("html"))


def texts(app: AppTest) -> str:
    """Give what is written on the page and on its controls."""
    labels = [str(button.label) for button in app.button]
    return "\n".join([html(app), *labels, *(str(note.value) for note in app.error)])
