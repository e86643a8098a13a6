"""The page of a report: what it shows, its templates and its style sheet."""
