"""Workbooks of Excel: one table as a download, and the week as sheets that finance can add up."""
