"""Which data set a sheet is, and what its headers mean."""
