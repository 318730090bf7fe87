"""The digest: the week's sentence and lists, sent from the command line and nowhere else."""
