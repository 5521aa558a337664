"""How fast the forum is, beside a view that does nothing, on the same server in the same run."""
