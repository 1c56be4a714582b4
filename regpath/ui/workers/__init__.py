"""Worker processes: computations beside the server, which goes on answering meanwhile."""
