"""What a candidate is told after a decision: drafted from the packet, edited, checked, released."""
