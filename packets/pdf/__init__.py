"""The packet as a PDF: the page's own object, set by Typst. User text goes in as data."""
