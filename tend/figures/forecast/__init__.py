"""Figures of what is to come, and how earlier forecasts held."""
