"""The door for SQL of anybody's own: answered in a child with limits, from a file made for it."""
