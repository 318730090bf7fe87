"""The command import --watch: what it looks at, hands over, and says."""
