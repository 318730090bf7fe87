"""Where the table of a sheet lies: its header, its rows, and what stands beside them."""
