"""Code: which tests stand in a file, which definitions, and what they rest on."""
