"""Measurements that hold the product to its promises of speed."""
