"""Notebooks: cells of text, SQL, charts and parameters, as plain text and as they are run."""
