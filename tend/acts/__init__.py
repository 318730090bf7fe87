"""What people and rules do: each act is an entry that can be taken back."""
