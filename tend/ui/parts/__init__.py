"""Small parts that all pages draw with."""
