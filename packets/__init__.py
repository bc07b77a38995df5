"""Packets: what they say, their page and PDF, and getting them built."""
