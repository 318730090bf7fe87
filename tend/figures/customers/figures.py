"""The figures of customers."""

from tend.figures.figure import Figure

ALL = (Figure("customers", "customers"),)
