"""Mail: the words of each kind, who may change them, and handing it over once."""
