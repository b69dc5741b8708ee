"""Copies of forms as many people fill them in: their habits, drawn by lot and mixed."""
