"""The SOP matrix."""
