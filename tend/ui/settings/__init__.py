"""Settings: the company's definitions, edited, tried and kept."""
