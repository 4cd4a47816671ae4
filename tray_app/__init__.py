"""Novita balance in the system tray."""

__version__ = "0.1.0"

PROGRAM_NAME = "Novita balance"
"""In English, as files and other programs know it."""
