"""Limits that pages and charts speak of: what is good, and what is too few to say much."""

# LTV/CAC from here on is healthy; 70 % renewal is the critical point (S1).
HEALTHY_RATIO, CRITICAL_RATE = 3, 0.7
# Under so many cases a rate is a rate of few: the macro `is_few` of the queries.
FEW_CASES = 10
# A reason, or a way that customers went, is named when so many share it.
FEWEST_NAMED = 3
# A cell of so few decided contracts says little, and does not shout.
PALE_BELOW = 5
# The forecast that is shown was made so many month ends ahead; the download has the others.
LEAD = 3
