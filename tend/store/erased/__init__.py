"""What is remembered of who was erased: marks without a name, and what is left of their files."""
