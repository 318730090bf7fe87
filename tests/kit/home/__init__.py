"""Servers that share a home, for tests."""
