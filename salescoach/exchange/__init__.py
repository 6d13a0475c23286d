"""Data in and out, for other programs."""
