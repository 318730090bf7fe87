"""The frame: a door for the server, and what each reader sees around every page."""

import sys

import streamlit as st

from tend.ingest import temporary
from tend.language.errors import TendError
from tend.ui.frame import door, frame
from tend.ui.notebook.editor import served
from tend.ui.operation import asked, logged
from tend.ui.server import setup

if __name__ == "__main__":
    frame.show()
else:  # imported by the server, which looks for `app`
    logged.begin()
    temporary.sweep()  # what killed processes left behind
    try:
        secrets = setup.start()
    except TendError as error:
        sys.exit(f"tend: {error}")
    app = st.App(
        __file__,
        secrets=secrets,
        middleware=[*logged.MIDDLEWARE, *door.MIDDLEWARE],
        routes=[*asked.routes(), *served.routes()],
    )
