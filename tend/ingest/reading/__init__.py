"""File bytes -> sheets of cells as text, whatever kind of file it is."""
