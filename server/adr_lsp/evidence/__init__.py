"""Evidence: what recorders wrote of test runs."""
