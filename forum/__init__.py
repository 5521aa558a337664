"""The project: it composes the contexts into one site and decides nothing itself."""
