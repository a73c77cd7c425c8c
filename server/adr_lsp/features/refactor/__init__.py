"""Changes that keep every name true: of an invariant, of a record's number, of a file."""
