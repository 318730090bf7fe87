"""What one hands round: a page's content as values, and the files made of it."""
