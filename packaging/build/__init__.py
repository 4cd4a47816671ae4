"""Builds packages of the program. Standard library only, but for what PyInstaller does itself."""
