"""Gongkailan (公开栏): disclosure items in Markdown become a checked, searchable township site."""

__version__ = "0.1.0"
