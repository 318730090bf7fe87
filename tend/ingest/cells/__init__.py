"""Cells of text -> days, numbers and words."""
