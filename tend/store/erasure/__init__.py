"""Customers and people erased from all that a workspace keeps: tried first, done in one stroke."""
