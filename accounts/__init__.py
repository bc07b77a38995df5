"""People, roles, signing in, and the audit trail."""
