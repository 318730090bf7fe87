"""The walls of the house: each has a guard, and each guard is shown to catch what it is for."""
