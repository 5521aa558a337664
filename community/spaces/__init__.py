"""Product areas, products and versions, tags: where a thread belongs, and who may read and write there."""
