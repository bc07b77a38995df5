"""Figures of the product beside the machine's floor, as ratios: `make bench`."""
