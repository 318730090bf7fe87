"""A home that several servers share: what is accepted lies there, and each server asks its own."""
