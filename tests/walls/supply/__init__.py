"""Walls of texts: keys, placeholders, and that each is said."""
