"""What follows from the facts: the model as of a day, health, and since when each stands."""
