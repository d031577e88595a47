"""The demo: an invented agency in the middle of its year."""
