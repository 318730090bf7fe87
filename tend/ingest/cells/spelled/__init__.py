"""Amounts that are spelled out: in Chinese numerals, as a rate times a count, for a term."""
