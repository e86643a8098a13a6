"""Reference: what is referred to exists."""
