"""The folder of a workspace, and the copies of its database: published, complete, kept."""
