"""What stands around every page: the door, navigation, filters, how a page begins."""
