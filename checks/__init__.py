"""The checks: pure functions over compiled releases. No I/O, and nothing of `pelican_async` is imported here."""
