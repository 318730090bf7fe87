"""One customer."""
