"""Work that takes longer than a click: a row of each, the registry of kinds, the one sweep."""
