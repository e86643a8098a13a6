"""Everything that waits: the command line, sources, the process pool, reports. The checks themselves are in `checks`."""
