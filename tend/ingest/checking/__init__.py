"""The rules a row must keep: by itself, and among the others."""
