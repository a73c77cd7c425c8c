"""What an author asks of a log: a new record, another status, a successor, an index page."""
