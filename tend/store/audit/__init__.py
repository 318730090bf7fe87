"""Who did what, when, and from where: lines that are only ever added, each chained to the last."""
