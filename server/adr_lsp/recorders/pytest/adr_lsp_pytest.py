"""Records what a pytest run proves."""
