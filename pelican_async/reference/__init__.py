"""What the checks compare releases with: codelists and exchange rates."""
