"""Figures of health: quadrants, moves, what scores foretold."""
