"""Mail: the words of each kind, the outbox that hands each mail over once, the local mailbox."""
