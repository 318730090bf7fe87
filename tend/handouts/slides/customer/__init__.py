"""One customer's review as slides that are shown to the customer: nothing internal is in them."""
