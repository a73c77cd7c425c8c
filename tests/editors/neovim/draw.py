"""Draws what a terminal showed, cell by cell, as a browser's picture."""

from __future__ import annotations

import subprocess
from html import escape
from pathlib import Path
from typing import Any

import provision

CELL, LINE = 8, 18
TEXT, GROUND = "#e0e2ea", "#14161b"  # Neovim's own, where a cell has no colour
PAGE = """\
<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: {ground}; color: {text} }}
body {{ font: 13.29px/{line}px "DejaVu Sans Mono", monospace }}
div {{ height: {line}px; white-space: pre }}
b {{ display: inline-block; height: {line}px; overflow: hidden; vertical-align: top }}
b {{ font-weight: normal }}
</style>{rows}"""

Cell = dict[str, Any]


def picture(cells: list[list[Cell]], png: Path) -> None:
    """Takes as long as Chromium needs to start."""
    page = png.with_suffix(".html")
    page.write_text(html(cells), encoding="utf-8")
    size = f"--window-size={CELL * len(cells[0])},{LINE * len(cells)}"
    fixed = ("--headless", "--no-sandbox", "--hide-scrollbars", "--disable-gpu")
    subprocess.run(
        [str(provision.chromium()), *fixed, size, f"--screenshot={png}", page.as_uri()],
        check=True,
        capture_output=True,
        timeout=120,
    )
    page.unlink()


def html(cells: list[list[Cell]]) -> str:
    rows = "".join(f"<div>{''.join(map(_cell, row))}</div>" for row in cells)
    return PAGE.format(ground=GROUND, text=TEXT, line=LINE, rows=rows)


def _cell(cell: Cell) -> str:
    """The second half of a wide sign has no room of its own: the sign takes it."""
    if cell["text"] == "":
        return ""
    wide = any(ord(sign) > 0x1F000 for sign in cell["text"])
    return f'<b style="{_style(cell, 2 if wide else 1)}">{escape(cell["text"])}</b>'


def _style(cell: Cell, width: int) -> str:
    text, ground = _colour(cell, "foreground", TEXT), _colour(cell, "background", GROUND)
    if cell.get("reverse"):
        text, ground = ground, text
    said = [f"width:{CELL * width}px", f"color:{text}", f"background:{ground}"]
    said += ["font-weight:bold"] if cell.get("bold") else []
    said += ["font-style:italic"] if cell.get("italic") else []
    underlined = cell.get("underline") or cell.get("undercurl")
    said += [f"text-decoration:underline {_colour(cell, 'special', text)}"] if underlined else []
    return ";".join(said)


def _colour(cell: Cell, part: str, otherwise: str) -> str:
    return f"#{cell[part]:06x}" if part in cell else otherwise
