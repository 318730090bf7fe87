"""Figures of This week: each block of the page, and the list that stands behind it."""
