"""The database of datasets and results: what is asked of it, by what it is about."""
