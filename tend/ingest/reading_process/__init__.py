"""The process in which a file is read and checked, and the server's side of it."""
