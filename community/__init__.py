"""The domain: what people say to each other, and what follows from it."""
