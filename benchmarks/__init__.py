"""What adr-lsp costs, against tools that people know: ratios of CPU time, both sides in turn."""
