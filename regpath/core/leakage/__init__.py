"""What keeps a test honest: what leaks and peeking would claim, and the seal."""
