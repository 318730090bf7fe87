"""Who asks in a test: people of each role, and how they sign in."""
