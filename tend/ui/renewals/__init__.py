"""Renewals: headlines, what explains them, the process, one contract."""
