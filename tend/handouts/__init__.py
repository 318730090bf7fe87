"""What one hands round: files that are read without Tend."""
