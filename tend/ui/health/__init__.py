"""Health movement."""
