"""What people do from end to end. A package, so that one forum and one browser serve all of it and end with it."""
