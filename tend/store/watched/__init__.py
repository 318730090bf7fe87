"""Files of a watched folder: handed over, taken in or left waiting, and remembered."""
