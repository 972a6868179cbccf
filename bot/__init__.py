"""What Herald does and shows, whatever the platform."""
