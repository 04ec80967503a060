"""Screens of *Vie du réseau* that are more than a list and a form."""
