"""What this server is for all its readers: its workspace, and who may come in at all."""
