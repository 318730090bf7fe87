"""What pages are made of: each figure a named query with its chart, its sentence and its marks."""
