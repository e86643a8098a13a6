"""The chaos run: everything that can break does, and what comes out must be what comes out when nothing does."""
