"""The projects in which guides begin have tests of their own."""

collect_ignore = ["starts"]
