"""The log of who did what, for those who may read it."""
