"""What keeps a workspace safe while nobody looks: daily copies by a rule, and how all stands."""
