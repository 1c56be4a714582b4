"""Commands of the shell, one file each: `add_to` describes one to the parser and runs it."""
