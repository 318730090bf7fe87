"""What Tend says: the sentences of both languages, how numbers and days are written, and errors."""
