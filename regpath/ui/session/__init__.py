"""What the session and the server remember: state, results, and the work they come from."""
