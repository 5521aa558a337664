"""What an operator sees of the running forum: lines in the log, figures, and how each part of it is."""
