"""Commands of trust: who may come in, who did what, who is erased."""
