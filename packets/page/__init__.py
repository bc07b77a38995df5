"""The packet's document arranged for its page: pure, and nothing that the document lacks."""
