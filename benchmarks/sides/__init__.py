"""Programs that stand for one side of a row, each started as a process of its own."""
