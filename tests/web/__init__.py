"""The web beside the platforms, over loopback HTTP."""
