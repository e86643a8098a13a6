"""What the service shows over HTTP: health, metrics, datasets."""
