"""What a company defines about itself: numbers, words, indicators, stages, rules and SOPs."""
