"""Figures of customers: the list of all, and the timeline of one."""
