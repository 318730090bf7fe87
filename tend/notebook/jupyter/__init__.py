"""Notebooks as Jupyter keeps them, with their data beside them: written, and read back."""
