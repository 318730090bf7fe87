"""Walls of supply: what is known against packages, and whether it was asked."""
