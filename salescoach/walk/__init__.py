"""Asking: a checklist becomes questions becomes answers; back, skip, pause, resume."""
