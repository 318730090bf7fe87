"""Health of each customer at each month end and on days between, of all and of few."""
