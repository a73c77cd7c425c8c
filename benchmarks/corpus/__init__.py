"""How well real records are read that never heard of adr-lsp, and what is said of them."""
