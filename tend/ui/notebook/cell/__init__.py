"""One cell as it is drawn: what it is made of, its tools, and what came of it."""
