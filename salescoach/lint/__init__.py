"""Checks of playbooks that need more than their shape: parity, placeholders, references, screen fit."""
