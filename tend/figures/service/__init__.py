"""Figures of satisfaction and service."""
