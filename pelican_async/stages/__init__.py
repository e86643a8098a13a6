"""The stages of a dataset, one module each: what a message leads to, and what is done under a lease."""
