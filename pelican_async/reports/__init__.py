"""What people get to read: in the terminal, as a page, and as files for programs."""
