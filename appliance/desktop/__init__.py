"""What a double-click does: the window, the server behind it, and starting at login."""
