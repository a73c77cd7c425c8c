"""An invariant's id, a record's number, a file's path: changed in every place that names them."""
