"""What the command export writes to be handed round: a file for each kind."""
