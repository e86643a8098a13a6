"""Everything that waits: the command line, sources, the process pool, reports. The checks are in `checks`."""
