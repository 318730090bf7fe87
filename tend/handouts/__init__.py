"""What is handed round: files and messages that hold what pages say, for who has no page."""
