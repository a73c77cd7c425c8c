"""Tests of the ledger: properties for what the decisions promise, examples for the rest."""
