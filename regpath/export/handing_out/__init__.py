"""A hand-out: the explorer on one page that needs no server and makes no request."""
