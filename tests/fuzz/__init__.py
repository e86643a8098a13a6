"""Coverage-guided fuzzing: any bytes are read, any releases are checked, and any report can be written.

`make fuzz MINUTES=N` runs all targets, one module each: `examine` raises where something that must hold doesn't. What
was found is kept in `found/`, by target, and examined by `make test`.
"""
