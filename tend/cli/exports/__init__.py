"""What the command export writes, a file for each kind."""
