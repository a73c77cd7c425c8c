"""The report of a root: one HTML file that is read offline and without scripts; its parts alone as
SVG, Mermaid and DOT."""
