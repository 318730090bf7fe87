"""Tend: a customer-success dashboard on a team's own spreadsheets."""
