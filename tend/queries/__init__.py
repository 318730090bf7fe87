"""Named queries: what each says of itself (library), and what it answers (asking)."""
