"""What a reader has chosen, and the answers pages read."""
