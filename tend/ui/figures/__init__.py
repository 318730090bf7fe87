"""A figure as it is drawn, and what its marks lead to."""
