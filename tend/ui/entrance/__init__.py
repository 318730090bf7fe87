"""The entrance: who is let in, to what, and the page on which one signs in."""
