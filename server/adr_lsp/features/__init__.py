"""What a user sees: one answer per module, each a function of a snapshot."""
