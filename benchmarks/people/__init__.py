"""People at work, without a browser: for benchmarks of many of them at once."""
