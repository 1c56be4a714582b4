"""The web server around the app: who may ask, what browsers may do with answers, and its state."""
