"""Rules about the structure of code: what may import what, and what is never called."""
