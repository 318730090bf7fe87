"""What one hands round: files that tell what the pages tell, to those who have no app."""
