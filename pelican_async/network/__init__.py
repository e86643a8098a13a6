"""Requests to addresses that publishers' data names, none of which is trusted."""
