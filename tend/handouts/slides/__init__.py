"""Slides that people edit: the week as a deck, and one customer's review."""
