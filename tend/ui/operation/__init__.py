"""What whoever operates a server asks and sees: readiness, metrics, logs, copies."""
