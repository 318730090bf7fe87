"""Processes that work for the server within limits: copies of a warm one, gone when they are done.

What such a process does is a module with `load`, which loads what it works with, and `main`, which
gets a folder that says what is asked and leaves the answer there.
"""
