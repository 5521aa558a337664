"""Pictures of every page and state of the demo, to leaf through."""
