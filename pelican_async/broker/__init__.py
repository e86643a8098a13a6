"""The broker: hands each message to one of the replicas, and again until somebody is done with it."""
