"""Figures of renewals: rates, what explains them, losses, contracts."""
