"""What a user would pick instead: the same charts written plainly, and a general tool."""
