"""What tests are made with: helpers and nothing else."""
