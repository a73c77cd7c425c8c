"""Tests in Python: pytest, and Hypothesis for properties and state machines."""
