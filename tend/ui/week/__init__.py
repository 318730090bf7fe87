"""This week: what changed since the last meeting, and what needs a decision."""
