"""Who may come in, as what, and whose facts they may change."""
