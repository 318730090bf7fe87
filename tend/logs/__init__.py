"""Logs: one form for all that is logged, and never a value of anybody's data in it."""
