"""The editor of a cell: SQL with completion, or a plain text area where scripts are refused."""

from tend.ui.notebook.editor.editor import Edited, Place, Word, editor

__all__ = ["Edited", "Place", "Word", "editor"]
