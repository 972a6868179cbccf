"""Every card as each platform draws it, in each language, one file each; `make record` draws them again."""
