"""The week as slides for a meeting: what changed, what is due, how renewals go, what to decide."""
