"""Stories in a browser stand on the workspaces that pages are tried with."""

from tests.ui.conftest import chromium, made

__all__ = ["chromium", "made"]
