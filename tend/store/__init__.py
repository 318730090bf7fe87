"""The workspace: one folder that holds all state, and what may be done to it."""
