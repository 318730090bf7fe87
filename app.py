"""The frame: a door for the server, and what each reader sees around every page."""

import streamlit as st

from tend.ingest import temporary
from tend.ui.frame import door, frame, start
from tend.ui.notebook.editor import served
from tend.ui.operation import asked, logged
from tend.ui.server import setup

if __name__ == "__main__":
    frame.show()
else:  # imported by the server, which looks for `app`
    logged.begin()
    temporary.sweep()  # what killed processes left behind
    app = st.App(
        __file__,
        secrets=setup.started(),
        lifespan=start.beside,
        middleware=[*logged.MIDDLEWARE, *door.MIDDLEWARE],
        routes=[*asked.routes(), *served.routes()],
    )
