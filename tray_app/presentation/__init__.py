"""What to show: words, icon and menu as plain values; no Qt."""
