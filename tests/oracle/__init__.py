"""A second, independent calculation of the renewal and ARR queries, made from the rulings alone."""
