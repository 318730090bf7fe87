"""Figures of value: ARR and what moved it, cohorts, effort."""
