"""What the columns of a sheet say: amounts and currencies, days and ends, marks and scales."""
