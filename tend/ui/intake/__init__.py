"""Data: files on their way in, and what came of them."""
