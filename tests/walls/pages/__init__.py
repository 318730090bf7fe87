"""Walls of pages: what a page holds, and that HTML is made of parts."""
