"""Every row of the table, in its order."""

from benchmarks.row import Row
from benchmarks.rows import (
    check,
    first,
    growth,
    initialize,
    keystroke,
    lychee,
    markdownlint,
    recorder,
    references,
    runs,
    warm,
)

ROWS: tuple[Row, ...] = (
    check.ROW,
    warm.ROW,
    markdownlint.ROW,
    lychee.ROW,
    growth.ROW,
    first.ROW,
    keystroke.ROW,
    recorder.ROW,
    initialize.ROW,
    references.ROW,
    runs.ROW,
)
