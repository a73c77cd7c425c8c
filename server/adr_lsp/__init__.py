"""Keeps Architecture Decision Records executable."""

__version__ = "0.1.0"
