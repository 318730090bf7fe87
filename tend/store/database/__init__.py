"""The workspace's one file: opened, laid out in tables, and what to say when it breaks."""
