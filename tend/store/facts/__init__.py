"""What files and people say, as accepted rows of imports, and the facts that follow from them."""
