"""The menu of settings: one section at a time, each with what it would change."""
