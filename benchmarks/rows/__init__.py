"""Every row of the table, in its order."""

from benchmarks.row import Row
from benchmarks.rows import check, first, initialize, keystroke, recorder, references

ROWS: tuple[Row, ...] = (
    check.ROW,
    first.ROW,
    keystroke.ROW,
    recorder.ROW,
    initialize.ROW,
    references.ROW,
)
