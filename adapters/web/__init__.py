"""The web beside the platforms: links that lead on, and whether Herald is well."""
