"""Sources: files, folders and standard input, read as texts of releases in flat memory."""
