"""The commands: the same code as the app, for schedules, scripts and tests."""
