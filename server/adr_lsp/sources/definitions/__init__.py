"""What a test's result rests on, told by definitions, for languages that tree-sitter parses."""
